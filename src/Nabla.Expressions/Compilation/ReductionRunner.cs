using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Sums the values of a tape along its last axes.</summary>
/// <remarks>
/// One sum is done in parts of a fixed length, whose sums are added in pairs, so that its bits do not depend on the threads and its
/// error grows with the logarithm of the count (Higham 1993). Where the operands lie along a kept axis, whole blocks of sums are made at once.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class ReductionRunner<T> : Runner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Part = 16 * Tape.Block;
    private const int LeastColumns = 16;
    private const int ColumnsAtOnce = 64;

    private readonly ReductionStep _step;
    private readonly Tape _tape;
    private readonly TapeEvaluation<T> _evaluation;
    private readonly long _each;
    private readonly T[] _sums;
    private readonly int _items;
    private readonly int _columns;
    private readonly Action<int> _item;

    public ReductionRunner(Workspace<T> workspace, ReductionStep step)
        : base(workspace)
    {
        (_step, _tape, _sums) = (step, step.Tape, []);
        _evaluation = new(workspace, _tape);
        _each = View.Product(_tape.Sizes.AsSpan(^step.Reduced..));
        if (LiesAlongKept() is { } columnsFirst)
        {
            (_tape, _evaluation) = (columnsFirst, new(workspace, columnsFirst));
            _columns = columnsFirst.Sizes[^1];
            _items = (int)(_step.Kept / _columns) * ((_columns + ColumnsAtOnce - 1) / ColumnsAtOnce);
            _item = Columns;
        }
        else if (step.Kept == 1 && _each > Part)
        {
            _items = (int)((_each + Part - 1) / Part);
            _sums = new T[_items];
            _item = Parts;
        }
        else
        {
            _items = (int)step.Kept;
            _item = Rows;
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        if (_each == 0)
        {
            for (int k = 0; k < _step.Kept && !_step.Adds; k++) *Place(k) = T.Zero;
            return;
        }
        if (_items > 1 && _tape.Count * (1 + _tape.Code.Length / 4) >= ParallelEntries) Parallelism.For(_items, _item);
        else
            for (int i = 0; i < _items; i++) _item(i);
        if (_sums.Length > 0) Store(Place(0), Reductions.Sum<T>(_sums));
    }

    private void Store(T* place, T sum)
    {
        sum *= T.CreateTruncating(_step.Factor);
        *place = _step.Adds ? *place + sum : sum;
    }

    private T* Place(long kept)
    {
        T* place = At(_step.Tape.Target.Storage, _step.Tape.Target.Offset);
        int[] sizes = _step.Tape.Sizes;
        for (int a = sizes.Length - _step.Reduced - 1; a >= 0; a--)
        {
            place += kept % sizes[a] * _step.Tape.Target.Strides[a];
            kept /= sizes[a];
        }
        return place;
    }

    // The same walk with the last kept axis innermost, where the largest operand lies along it.
    private Tape? LiesAlongKept()
    {
        int[] sizes = _tape.Sizes;
        int last = sizes.Length - _step.Reduced - 1;
        if (last < 0 || sizes[last] < LeastColumns) return null;
        var largest = _tape.Reads.Where(r => !r.IsScalar).MaxBy(r => r.Storage.Count);
        if (largest is null || largest.Strides[last] != 1 || largest.Strides[^1] <= 1) return null;
        int[] order = [.. Enumerable.Range(0, sizes.Length).Where(a => a != last), last];
        return _tape.Permuted(order);
    }

    [SkipLocalsInit]
    private void Rows(int item)
    {
        T* scratch = stackalloc T[_evaluation.Scratch];
        Store(Place(item), Sum(item * _each, _each, scratch));
    }

    [SkipLocalsInit]
    private void Parts(int item)
    {
        T* scratch = stackalloc T[_evaluation.Scratch];
        long start = (long)item * Part;
        _sums[item] = Sum(start, Math.Min(Part, _each - start), scratch);
    }

    private T Sum(long start, long count, T* scratch)
    {
        T sum = T.Zero;
        for (long done = 0; done < count; done += _evaluation.Block)
        {
            int n = (int)Math.Min(_evaluation.Block, count - done);
            T* value = _evaluation.Evaluate(start + done, n, scratch, null);
            sum += Reductions.Sum(new ReadOnlySpan<T>(value, n));
        }
        return sum;
    }

    [SkipLocalsInit]
    private void Columns(int item)
    {
        T* scratch = stackalloc T[_evaluation.Scratch];
        T* sums = stackalloc T[ColumnsAtOnce];
        int parts = (_columns + ColumnsAtOnce - 1) / ColumnsAtOnce;
        int outer = item / parts, column = item % parts * ColumnsAtOnce, n = Math.Min(ColumnsAtOnce, _columns - column);
        new Span<T>(sums, n).Clear();
        long start = outer * _each * _columns + column;
        for (long k = 0; k < _each; k++)
        {
            T* value = _evaluation.Evaluate(start + k * _columns, n, scratch, null);
            Loops.AddTo(value, sums, n);
        }
        for (int c = 0; c < n; c++) Store(Place((long)outer * _columns + column + c), sums[c]);
    }
}
