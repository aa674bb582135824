using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Operations that Nabla.Numerics has no type for, each inlined into its loop.</summary>
internal static class VectorOperations
{
    internal readonly struct Root<T> : IUnaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke(T a) => T.Sqrt(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Invoke(Vector<T> a) => Vector.SquareRoot(a);
    }

    /// <summary>max(a, 0); what is not a number stays so.</summary>
    internal readonly struct Relu<T> : IUnaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke(T a) => T.Max(a, T.Zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Invoke(Vector<T> a) => Vector.Max(a, Vector<T>.Zero);
    }

    internal readonly struct Sign<T> : IUnaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke(T a) => T.IsNaN(a) ? a : a > T.Zero ? T.One : a < T.Zero ? -T.One : T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Invoke(Vector<T> a)
        {
            var sign = Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<T>.Zero), Vector<T>.One, Vector.ConditionalSelect(Vector.LessThan(a, Vector<T>.Zero), -Vector<T>.One, Vector<T>.Zero));
            return Vector.ConditionalSelect(Vector.Equals(a, a), sign, a);
        }
    }
}
