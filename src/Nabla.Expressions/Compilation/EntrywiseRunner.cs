using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Runs a tape and stores its values, in blocks or, where an operand is transposed, in boxes of the last two axes; of a symmetric matrix the upper ones, each twice.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class EntrywiseRunner<T> : Runner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Box = 32;
    private const int BlocksAtOnce = 16;

    private readonly Tape _tape;
    private readonly TapeEvaluation<T> _evaluation;
    private readonly string? _mustBeFinite;
    private readonly bool _isFlat;
    private readonly bool _isMirrored;
    private readonly bool _isParallel;
    private readonly int _items;
    private readonly Action<int> _item;
    private volatile bool _failed;

    public EntrywiseRunner(Workspace<T> workspace, EntrywiseStep step)
        : base(workspace)
    {
        var tape = step.Tape;
        bool isBoxed = IsBoxed(tape);
        (_tape, _evaluation, _mustBeFinite) = (tape, new(workspace, tape, isBoxed ? Box * Box : Tape.Block), step.MustBeFinite);
        _isMirrored = isBoxed && tape.IsSymmetric && tape.Target.Strides[1] == 1;
        _isFlat = tape.Target.IsFlat(tape.Sizes);
        double work = tape.Count * (1 + tape.Operations / Math.Max(1, tape.Count) / 8);
        _isParallel = work >= ParallelEntries;
        if (isBoxed)
        {
            long outer = View.Product(tape.Sizes.AsSpan(..^2));
            _items = (int)(outer * ((tape.Sizes[^2] + Box - 1) / Box));
            _item = Boxes;
        }
        else
        {
            long part = (long)_evaluation.Block * BlocksAtOnce;
            _items = (int)Math.Max(1, (tape.Count + part - 1) / part);
            _item = Blocks;
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        if (_tape.Count == 0) return;
        if (_isParallel && _items > 1) Parallelism.For(_items, _item);
        else
            for (int i = 0; i < _items; i++) _item(i);
        ThrowIfNotFinite();
    }

    /// <summary>Computes the entries from <paramref name="start"/> on, up to <paramref name="end"/>.</summary>
    [SkipLocalsInit]
    public void Run(long start, long end)
    {
        T* scratch = stackalloc T[_evaluation.Scratch];
        int block = _evaluation.Block;
        T* target = At(_tape.Target.Storage, _tape.Target.Offset);
        for (; start < end; start += block)
        {
            int n = (int)Math.Min(block, end - start);
            T* into = _isFlat ? target + start : null;
            T* value = _evaluation.Evaluate(start, n, scratch, into);
            if (_mustBeFinite is not null && !Vectors.AreFinite(value, n)) _failed = true;
            if (_isFlat && value != into) new Span<T>(value, n).CopyTo(new Span<T>(into, n));
            else if (!_isFlat) Scatter(value, start, n, target);
        }
    }

    /// <summary>Refuses the values where they must be finite and were not.</summary>
    /// <exception cref="NablaException">A value is not finite.</exception>
    public void ThrowIfNotFinite()
    {
        if (!_failed) return;
        _failed = false;
        throw NotFinite(At(_tape.Target.Storage, 0), _tape.Target.Storage.Count, _mustBeFinite);
    }

    // A walk whose rows lie across the memory of an operand, while its columns lie along it.
    private static bool IsBoxed(Tape tape)
    {
        if (tape.Sizes.Length < 2 || tape.Sizes[^1] < 8 || tape.Sizes[^2] < 8 || tape.Registers + tape.Reads.Length > 24) return false;
        return tape.Reads.Append(tape.Target).Any(r => r.Strides[^2] == 1 && r.Strides[^1] > 1);
    }

    private void Blocks(int item)
    {
        long part = (long)_evaluation.Block * BlocksAtOnce, start = item * part;
        Run(start, Math.Min(_tape.Count, start + part));
    }

    [SkipLocalsInit]
    private void Boxes(int item)
    {
        T* scratch = stackalloc T[_evaluation.Scratch];
        int[] sizes = _tape.Sizes;
        int across = (sizes[^2] + Box - 1) / Box, rest = item / across;
        int row = item % across * Box, rows = Math.Min(Box, sizes[^2] - row);
        long[] strides = _tape.Target.Strides;
        T* target = At(_tape.Target.Storage, _tape.Target.Offset);
        Span<int> outer = stackalloc int[sizes.Length - 2];
        for (int a = outer.Length - 1; a >= 0; a--)
        {
            outer[a] = rest % sizes[a];
            rest /= sizes[a];
            target += outer[a] * strides[a];
        }
        for (int column = _isMirrored ? row : 0; column < sizes[^1]; column += Box)
        {
            int columns = Math.Min(Box, sizes[^1] - column);
            T* value = _evaluation.EvaluateBox(outer, row, rows, column, columns, scratch);
            if (_mustBeFinite is not null && !Vectors.AreFinite(value, rows * columns)) _failed = true;
            for (int r = 0; r < rows; r++)
            {
                T* to = target + (row + r) * strides[^2] + column * strides[^1], from = value + r * columns;
                if (strides[^1] == 1) new Span<T>(from, columns).CopyTo(new Span<T>(to, columns));
                else
                    for (int c = 0; c < columns; c++) to[c * strides[^1]] = from[c];
            }
            if (_isMirrored && column > row) Transposition.Copy(value, columns, rows, columns, target + column * strides[^2] + row, (nint)strides[^2]);
        }
    }

    private void Scatter(T* value, long start, int n, T* target)
    {
        int[] sizes = _tape.Sizes;
        long[] strides = _tape.Target.Strides;
        int last = sizes.Length - 1;
        for (int done = 0; done < n;)
        {
            long rest = start + done, place = 0;
            int index = (int)(rest % sizes[last]);
            for (int a = last; a >= 0; a--)
            {
                place += rest % sizes[a] * strides[a];
                rest /= sizes[a];
            }
            int run = Math.Min(n - done, sizes[last] - index);
            for (int k = 0; k < run; k++) target[place + k * strides[last]] = value[done + k];
            done += run;
        }
    }
}
