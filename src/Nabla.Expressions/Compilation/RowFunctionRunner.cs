using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>softmax and log-sum-exp, with the largest entry taken off first.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class RowFunctionRunner<T> : Runner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowFunctionStep _step;
    private readonly Action<int> _row;

    public RowFunctionRunner(Workspace<T> workspace, RowFunctionStep step)
        : base(workspace) => (_step, _row) = (step, step.IsSoftmax ? Softmax : LogSumExp);

    /// <inheritdoc/>
    public override void Run()
    {
        if (_step.Rows > 1 && 8L * _step.Rows * _step.Length >= ParallelEntries) Parallelism.For(_step.Rows, _row);
        else
            for (int i = 0; i < _step.Rows; i++) _row(i);
    }

    private void Softmax(int row)
    {
        int n = _step.Length;
        T* x = At(_step.Argument) + (nint)row * n, y = At(_step.Target) + (nint)row * n;
        Shift(x, Largest(x, n), y, n);
        Elementary.Run<T, VectorFunctions.Exp>(y, y, n);
        Vectors.Scale(T.One / Reductions.Sum(new ReadOnlySpan<T>(y, n)), y, n);
    }

    [SkipLocalsInit]
    private void LogSumExp(int row)
    {
        int n = _step.Length;
        T* x = At(_step.Argument) + (nint)row * n, y = At(_step.Target) + row;
        T top = Largest(x, n), sum = T.Zero;
        if (!T.IsFinite(top))
        {
            *y = top;
            return;
        }
        T* block = stackalloc T[Tape.Block];
        for (int start = 0; start < n; start += Tape.Block)
        {
            int count = Math.Min(Tape.Block, n - start);
            Shift(x + start, top, block, count);
            Elementary.Run<T, VectorFunctions.Exp>(block, block, count);
            sum += Reductions.Sum(new ReadOnlySpan<T>(block, count));
        }
        *y = top + T.Log(sum);
    }

    // The largest entry; not a number where one is not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Largest(T* x, int n)
    {
        T largest = T.NegativeInfinity;
        int k = 0;
        if (n >= Vector<T>.Count)
        {
            var lanes = Vector.Load(x);
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) lanes = Vector.Max(lanes, Vector.Load(x + k));
            for (int l = 0; l < Vector<T>.Count; l++) largest = T.Max(largest, lanes[l]);
        }
        for (; k < n; k++) largest = T.Max(largest, x[k]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shift(T* x, T by, T* y, int n)
    {
        int k = 0;
        var all = new Vector<T>(by);
        for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) (Vector.Load(x + k) - all).Store(y + k);
        for (; k < n; k++) y[k] = x[k] - by;
    }
}
