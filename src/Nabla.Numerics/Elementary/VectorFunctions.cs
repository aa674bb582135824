using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The elementary functions as types, so that each is inlined into the loop over an array.</summary>
internal static class VectorFunctions
{
    internal readonly struct Exp : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Exp(x);
    }

    internal readonly struct Expm1 : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Expm1(x);
    }

    internal readonly struct Log : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Log(x);
    }

    internal readonly struct Log1p : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Log1p(x);
    }

    internal readonly struct Tanh : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Tanh(x);
    }

    internal readonly struct Sigmoid : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Sigmoid(x);
    }

    internal readonly struct Sin : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Sin(x);
    }

    internal readonly struct Cos : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Cos(x);
    }

    internal readonly struct Erf : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Invoke(Vector<double> x) => VectorMath.Erf(x);
    }
}
