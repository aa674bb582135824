using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The loop over entries that lie side by side. An array that a form does not read may be null.</summary>
internal static unsafe class EntryLoop
{
    /// <summary>r[k] = the form at k, for n entries; r may be a or b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T, TForm>(T* a, T* b, T c, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IEntryForm<T>
    {
        nint k = 0;
        if (Vector<T>.IsSupported)
        {
            nint w = Vector<T>.Count;
            var all = new Vector<T>(c);
            // Four at a time: a loop of a single load and store waits for its own counting.
            for (; k <= n - 4 * w; k += 4 * w)
            {
                TForm.At(a, b, all, k).Store(r + k);
                TForm.At(a, b, all, k + w).Store(r + k + w);
                TForm.At(a, b, all, k + 2 * w).Store(r + k + 2 * w);
                TForm.At(a, b, all, k + 3 * w).Store(r + k + 3 * w);
            }
            for (; k <= n - w; k += w) TForm.At(a, b, all, k).Store(r + k);
        }
        for (; k < n; k++) r[k] = TForm.At(a, b, c, k);
    }

    /// <summary>f(a)</summary>
    internal readonly struct Of<T, TOperation> : IEntryForm<T>
        where T : unmanaged
        where TOperation : struct, IUnaryOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => TOperation.Invoke(a[k]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => TOperation.Invoke(Vector.Load(a + k));
    }

    /// <summary>f(a, b)</summary>
    internal readonly struct OfBoth<T, TOperation> : IEntryForm<T>
        where T : unmanaged
        where TOperation : struct, IBinaryOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => TOperation.Invoke(a[k], b[k]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => TOperation.Invoke(Vector.Load(a + k), Vector.Load(b + k));
    }

    /// <summary>f(a, c)</summary>
    internal readonly struct WithNumber<T, TOperation> : IEntryForm<T>
        where T : unmanaged
        where TOperation : struct, IBinaryOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => TOperation.Invoke(a[k], c);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => TOperation.Invoke(Vector.Load(a + k), c);
    }

    /// <summary>f(c, a)</summary>
    internal readonly struct OfNumber<T, TOperation> : IEntryForm<T>
        where T : unmanaged
        where TOperation : struct, IBinaryOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => TOperation.Invoke(c, a[k]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => TOperation.Invoke(c, Vector.Load(a + k));
    }

    /// <summary>c a + b</summary>
    internal readonly struct ScaleAdd<T> : IEntryForm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => T.MultiplyAddEstimate(c, a[k], b[k]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => Vectors.MultiplyAdd(c, Vector.Load(a + k), Vector.Load(b + k));
    }

    /// <summary>c a b</summary>
    internal readonly struct ScaledProduct<T> : IEntryForm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T At(T* a, T* b, T c, nint k) => c * (a[k] * b[k]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> At(T* a, T* b, Vector<T> c, nint k) => c * (Vector.Load(a + k) * Vector.Load(b + k));
    }
}
