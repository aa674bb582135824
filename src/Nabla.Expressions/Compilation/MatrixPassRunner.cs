using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Runs a pass over a matrix by blocks of rows that stay in the second cache.</summary>
/// <remarks>Sums over the rows are made in parts, as many whatever the threads, and added in order, so that the bits do not depend on the threads.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class MatrixPassRunner<T> : Runner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockBytes = 1 << 17;
    private const int PartRows = 256;
    private const int MostParts = 16;

    private readonly MatrixVectorProduct?[] _products;
    private readonly EntrywiseRunner<T>?[] _entrywise;
    private readonly bool _isPaired;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _parts;
    private readonly int _share;
    private readonly int _block;
    private readonly T[][] _sums;
    private readonly Action<int> _part;

    public MatrixPassRunner(Workspace<T> workspace, MatrixPassStep step)
        : base(workspace)
    {
        _products = [.. step.Members.Select(MatrixVectorProduct.Of)];
        _entrywise = [.. step.Members.Select(m => m is EntrywiseStep e ? new EntrywiseRunner<T>(workspace, e) : null)];
        (_rows, _columns) = (_products.First(p => p is not null)!.Rows, _products.First(p => p is not null)!.Columns);
        // The first two products, where the block that comes from memory can meet both vectors at once.
        _isPaired = _products is [{ IsTransposed: false, Adds: false }, { IsTransposed: false, Adds: false }, ..];
        _parts = PartsOf(_rows);
        _share = ((_rows + _parts - 1) / _parts + RowGroups.Size - 1) / RowGroups.Size * RowGroups.Size;
        _block = Math.Max(RowGroups.Size, BlockBytes / sizeof(T) / _columns / RowGroups.Size * RowGroups.Size);
        _sums = [.. _products.Select(p => p is { IsTransposed: true } ? GC.AllocateUninitializedArray<T>(_parts * _columns, pinned: true) : [])];
        _part = Part;
    }

    /// <summary>In how many parts the sums over the rows are made.</summary>
    public static int PartsOf(int rows) => Math.Clamp(rows / PartRows, 1, MostParts);

    /// <inheritdoc/>
    public override void Run()
    {
        Parallelism.For(_parts, _part);
        for (int i = 0; i < _products.Length; i++)
        {
            if (_products[i] is { IsTransposed: true } product) Total(product, _sums[i]);
            _entrywise[i]?.ThrowIfNotFinite();
        }
    }

    private void Part(int part)
    {
        int end = Math.Min(_rows, (part + 1) * _share);
        foreach (T[] sums in _sums)
            if (sums.Length > 0) sums.AsSpan(part * _columns, _columns).Clear();
        for (int start = part * _share; start < end; start += _block)
        {
            int count = Math.Min(_block, end - start);
            for (int i = 0; i < _products.Length; i++)
            {
                if (i == 0 && _isPaired)
                {
                    MultiplyTwo(_products[0]!, _products[1]!, start, count);
                    i = 1;
                }
                else if (_products[i] is { } product) Multiply(product, i == 0, start, count, _sums[i], part);
                else _entrywise[i]!.Run(start, start + count);
            }
        }
    }

    private void MultiplyTwo(MatrixVectorProduct first, MatrixVectorProduct second, int start, int count)
    {
        T* A = At(first.Matrix, first.Offset) + start * first.Leading, x = At(first.Vector.Storage, first.Vector.Offset), z = At(second.Vector.Storage, second.Vector.Offset);
        T* y = At(first.Result.Storage, first.Result.Offset) + start, w = At(second.Result.Storage, second.Result.Offset) + start;
        RowGroups.MultiplyTwo(A, (nint)first.Leading, count, _columns, x, T.CreateTruncating(first.Factor), y, z, T.CreateTruncating(second.Factor), w);
    }

    private void Multiply(MatrixVectorProduct product, bool isFirst, int start, int count, T[] sums, int part)
    {
        T* A = At(product.Matrix, product.Offset) + start * product.Leading, vector = At(product.Vector.Storage, product.Vector.Offset);
        if (!product.IsTransposed)
        {
            RowGroups.Multiply(A, (nint)product.Leading, count, vector, _columns, T.CreateTruncating(product.Factor), At(product.Result.Storage, product.Result.Offset) + start, 1, product.Adds);
            return;
        }
        fixed (T* sum = &sums[part * _columns])
        {
            // The first product takes the block from memory, the others from the cache.
            if (isFirst) RowGroups.AddCombination(T.One, vector + start, 1, A, (nint)product.Leading, count, sum, _columns);
            else Vectors.AddCombination(T.One, vector + start, 1, A, (nint)product.Leading, count, sum, _columns);
        }
    }

    private void Total(MatrixVectorProduct product, T[] sums)
    {
        T* z = At(product.Result.Storage, product.Result.Offset);
        T factor = T.CreateTruncating(product.Factor);
        for (int j = 0; j < _columns; j++)
        {
            T sum = T.Zero;
            for (int p = 0; p < _parts; p++) sum += sums[p * _columns + j];
            sum *= factor;
            z[j] = product.Adds ? z[j] + sum : sum;
        }
    }
}
