using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Elementary functions of vectors of doubles, with errors below 2 units in the last place over the whole range, for use inside other kernels: all are inlined.</summary>
/// <remarks><see cref="Elementary"/> uses 512 bits where the processor has them; its values can differ from these in the last place.</remarks>
public static class VectorMath
{
    /// <summary>e^x.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x) => PolynomialMath.Exp(new Lanes(x)).Value;

    /// <summary>e^x - 1, right also near 0.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Expm1(Vector<double> x) => PolynomialMath.Expm1(new Lanes(x)).Value;

    /// <summary>The natural logarithm: negative infinity at 0, not a number below.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x) => PolynomialMath.Log(new Lanes(x)).Value;

    /// <summary>log(1 + x), right also near 0: negative infinity at -1, not a number below.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x) => PolynomialMath.Log1p(new Lanes(x)).Value;

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x) => PolynomialMath.Tanh(new Lanes(x)).Value;

    /// <summary>The logistic function 1 / (1 + e^-x), right also where it is tiny.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sigmoid(Vector<double> x) => PolynomialMath.Sigmoid(new Lanes(x)).Value;

    /// <summary>The sine; not a number at infinity. Arguments beyond a million are left to the base library.</summary>
    /// <param name="x">The arguments, in radians.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sin(Vector<double> x) => LaneMath.Sin(new Lanes(x)).Value;

    /// <summary>The cosine; not a number at infinity. Arguments beyond a million are left to the base library.</summary>
    /// <param name="x">The arguments, in radians.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Cos(Vector<double> x) => LaneMath.Cos(new Lanes(x)).Value;

    /// <summary>The error function: 2 / sqrt(pi) times the integral of e^(-t²) from 0 to x.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Erf(Vector<double> x) => LaneMath.Erf(new Lanes(x)).Value;

    /// <summary>x^y. Bases that are not positive normal numbers, and exponents that are not finite, are left to the base library.</summary>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Pow(Vector<double> x, Vector<double> y) => LaneMath.Pow(new Lanes(x), new Lanes(y)).Value;
}
