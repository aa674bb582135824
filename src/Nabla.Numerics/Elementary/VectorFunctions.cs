using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>The elementary functions as types, so that each is inlined into the loop over an array.</summary>
internal static class VectorFunctions
{
    internal readonly struct Exp : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Exp(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => TableMath.Exp(x);
    }

    internal readonly struct Expm1 : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Expm1(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => TableMath.Expm1(x);
    }

    internal readonly struct Log : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Log(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => TableMath.Log(x);
    }

    internal readonly struct Log1p : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Log1p(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => TableMath.Log1p(x);
    }

    internal readonly struct Tanh : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Tanh(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => TableMath.Tanh(x);
    }

    internal readonly struct Sigmoid : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Sigmoid(new Lanes(x)).Value;

        public static bool HasSteps => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> First(Vector512<double> x) => TableMath.ExpOfNegative(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Second(Vector512<double> x, Vector512<double> first) => TableMath.Sigmoid(x, first);
    }

    /// <summary>sigmoid(x) sigmoid(-x), the derivative of the sigmoid, with at most 3 units of error.</summary>
    internal readonly struct SigmoidSlope : IVectorFunction
    {
        public static bool IsWide => true;

        public static bool HasSteps => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.SigmoidSlope(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> First(Vector512<double> x) => TableMath.ExpOfNegative(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Second(Vector512<double> x, Vector512<double> first) => TableMath.SigmoidSlope(first);
    }

    internal readonly struct Softplus : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Softplus(new Lanes(x)).Value;

        public static bool HasSteps => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> First(Vector512<double> x) => TableMath.ExpOfNegative(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Second(Vector512<double> x, Vector512<double> first) => TableMath.Softplus(x, first);
    }

    /// <summary>log(1 + e^-x), which is -log(sigmoid(x)).</summary>
    internal readonly struct SoftplusOfNegative : IVectorFunction
    {
        public static bool IsWide => true;

        public static bool HasSteps => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => PolynomialMath.Softplus(new Lanes(-x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> First(Vector512<double> x) => TableMath.ExpOfNegative(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Second(Vector512<double> x, Vector512<double> first) => TableMath.Softplus(Vector512<double>.Zero - x, first);
    }

    internal readonly struct Sin : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Sin(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.SinOfReduced(new Lanes512(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Holds(Vector512<double> x) => !Lanes512.AnyBeyond(new(x), LaneMath.LargestReduced);

        public static double Invoke(double x) => Math.Sin(x);
    }

    internal readonly struct Cos : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Cos(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.CosOfReduced(new Lanes512(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Holds(Vector512<double> x) => !Lanes512.AnyBeyond(new(x), LaneMath.LargestReduced);

        public static double Invoke(double x) => Math.Cos(x);
    }

    internal readonly struct Erf : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Erf(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Erf(new Lanes512(x)).Value;
    }
}
