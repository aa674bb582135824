using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The arithmetic of single entries and of vectors of entries.</summary>
internal static class Operations
{
    internal readonly struct Add<T> : IBinaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Invoke(T a, T b) => a + b;

        public static Vector<T> Invoke(Vector<T> a, Vector<T> b) => a + b;
    }

    internal readonly struct Subtract<T> : IBinaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Invoke(T a, T b) => a - b;

        public static Vector<T> Invoke(Vector<T> a, Vector<T> b) => a - b;
    }

    internal readonly struct Multiply<T> : IBinaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Invoke(T a, T b) => a * b;

        public static Vector<T> Invoke(Vector<T> a, Vector<T> b) => a * b;
    }

    internal readonly struct Divide<T> : IBinaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Invoke(T a, T b) => a / b;

        public static Vector<T> Invoke(Vector<T> a, Vector<T> b) => a / b;
    }

    internal readonly struct Negate<T> : IUnaryOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Invoke(T a) => -a;

        public static Vector<T> Invoke(Vector<T> a) => -a;
    }
}
