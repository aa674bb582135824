using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static partial class VectorMath
{
    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x)
    {
        Vector<double> one = Vector<double>.One, two = new(2), size = Vector.Abs(x), z = x * x, z2 = z * z, z4 = z2 * z2;
        Vector<double> p01 = Pair(z, -0.3333333333333333, 0.13333333333333058), p23 = Pair(z, -0.05396825396791376, 0.021869488519674272);
        Vector<double> p45 = Pair(z, -0.00886323511681168, 0.0035921219125100573), p67 = Pair(z, -0.001455776608232611, 0.000589666353353449);
        Vector<double> p89 = Pair(z, -0.00023760807220542078, 9.260425707392635e-05), pab = Pair(z, -3.123663177449832e-05, 6.5016361857599885e-06);
        Vector<double> low = Vector.FusedMultiplyAdd(z2, p23, p01), middle = Vector.FusedMultiplyAdd(z2, p67, p45), high = Vector.FusedMultiplyAdd(z2, pab, p89);
        Vector<double> rest = Vector.FusedMultiplyAdd(z4, Vector.FusedMultiplyAdd(z4, high, middle), low);
        Vector<double> small = Vector.FusedMultiplyAdd(x * z, rest, x);
        Vector<double> large = one - two / (Exp(Vector.MinNative(new Vector<double>(45), size + size)) + one);
        Vector<double> signed = Vector.AsVectorDouble(Vector.AsVectorInt64(large) | (Vector.AsVectorInt64(x) & new Vector<long>(long.MinValue)));
        Vector<double> result = Vector.ConditionalSelect(Vector.LessThan(size, new Vector<double>(0.625)), small, signed);
        return Vector.ConditionalSelect(Vector.GreaterThan(size, new Vector<double>(1e-160)), result, x);
    }

    /// <summary>The logistic function 1 / (1 + e^-x), right also where it is tiny.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sigmoid(Vector<double> x)
    {
        Vector<double> e = Exp(-Vector.Abs(x)), one = Vector<double>.One, sum = one + e, lost = e - (sum - one);
        Vector<double> numerator = Vector.ConditionalSelect(Vector.LessThan(x, Vector<double>.Zero), e, one), inverse = one / sum, q = numerator * inverse;
        Vector<double> rest = Vector.FusedMultiplyAdd(-q, lost, Vector.FusedMultiplyAdd(-q, sum, numerator));
        return Vector.FusedMultiplyAdd(rest, inverse, q);
    }
}
