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
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Exp(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Exp(new Lanes512(x)).Value;
    }

    internal readonly struct Expm1 : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Expm1(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Expm1(new Lanes512(x)).Value;
    }

    internal readonly struct Log : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Log(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Log(new Lanes512(x)).Value;
    }

    internal readonly struct Log1p : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Log1p(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Log1p(new Lanes512(x)).Value;
    }

    internal readonly struct Tanh : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Tanh(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Tanh(new Lanes512(x)).Value;
    }

    internal readonly struct Sigmoid : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Sigmoid(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Sigmoid(new Lanes512(x)).Value;
    }

    internal readonly struct Sin : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Sin(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Sin(new Lanes512(x)).Value;
    }

    internal readonly struct Cos : IVectorFunction
    {
        public static bool IsWide => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => LaneMath.Cos(new Lanes(x)).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => LaneMath.Cos(new Lanes512(x)).Value;
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
