using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class PolynomialMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Tanh(Lanes x)
    {
        Lanes size = Lanes.Abs(x), z = x * x, z2 = z * z, z4 = z2 * z2;
        Lanes p01 = LaneMath.Pair(z, -0.3333333333333333, 0.13333333333333058), p23 = LaneMath.Pair(z, -0.05396825396791376, 0.021869488519674272);
        Lanes p45 = LaneMath.Pair(z, -0.00886323511681168, 0.0035921219125100573), p67 = LaneMath.Pair(z, -0.001455776608232611, 0.000589666353353449);
        Lanes p89 = LaneMath.Pair(z, -0.00023760807220542078, 9.260425707392635e-05), pab = LaneMath.Pair(z, -3.123663177449832e-05, 6.5016361857599885e-06);
        Lanes low = Lanes.MultiplyAdd(z2, p23, p01), middle = Lanes.MultiplyAdd(z2, p67, p45), high = Lanes.MultiplyAdd(z2, pab, p89);
        Lanes small = Lanes.MultiplyAdd(x * z, Lanes.MultiplyAdd(z4, Lanes.MultiplyAdd(z4, high, middle), low), x);
        Lanes large = Lanes.Of(1) - Lanes.Of(2) / (Exp(Lanes.Min(Lanes.Of(45), size + size)) + Lanes.Of(1));
        Lanes result = Lanes.WhereLess(size, Lanes.Of(0.625), small, Lanes.WithSignOf(large, x));
        return Lanes.WhereLess(Lanes.Of(1e-160), size, result, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Sigmoid(Lanes x)
    {
        Lanes one = Lanes.Of(1), e = Exp(-Lanes.Abs(x)), sum = one + e, lost = e - (sum - one);
        Lanes numerator = Lanes.WhereLess(x, Lanes.Of(0), e, one), inverse = one / sum, q = numerator * inverse;
        Lanes rest = Lanes.MultiplyAdd(-q, lost, Lanes.MultiplyAdd(-q, sum, numerator));
        return Lanes.MultiplyAdd(rest, inverse, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes SigmoidSlope(Lanes x)
    {
        Lanes one = Lanes.Of(1), e = Exp(-Lanes.Abs(x)), sum = one + e, lost = e - (sum - one), q = one / sum;
        Lanes inverse = Lanes.MultiplyAdd(Lanes.MultiplyAdd(-q, lost, Lanes.MultiplyAdd(-q, sum, one)), q, q);
        return e * inverse * inverse;
    }
}
