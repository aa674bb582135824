using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>A dense array of any order (scalar, vector, matrix, tensor), strided, row-major by default.</summary>
/// <remarks>
/// Transposes, slices, permutations and broadcasts are views that share their entries. The entries can be changed through the
/// indexers; operators and functions never change their operands. Order 0 is a scalar with one entry.
/// </remarks>
/// <typeparam name="T">The type of the entries: <see cref="double"/> or <see cref="float"/>.</typeparam>
[DebuggerDisplay("{DebuggerText,nq}")]
[DebuggerTypeProxy(typeof(NDArrayView<>))]
[CollectionBuilder(typeof(NDArray), nameof(NDArray.Vector))]
public sealed partial class NDArray<T> : IFormattable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] data;
    private readonly int offset;
    private readonly int[] shape;
    private readonly int[] strides;

    internal NDArray(T[] data, int offset, int[] shape, int[] strides)
    {
        this.data = data;
        // A view without entries may begin beyond the end of the data.
        this.offset = Array.IndexOf(shape, 0) < 0 ? offset : 0;
        this.shape = shape;
        this.strides = strides;
    }

    internal NDArray(T[] data, ReadOnlySpan<int> shape)
        : this(data, 0, shape.ToArray(), Numerics.Shape.RowMajor(shape))
    {
    }

    /// <summary>The dimensions, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The distance, in entries, between neighbours along each axis.</summary>
    public ReadOnlySpan<int> Strides => strides;

    /// <summary>The number of axes: 0 for a scalar, 1 for a vector, 2 for a matrix.</summary>
    public int Order => shape.Length;

    /// <summary>The number of entries, the product of the dimensions.</summary>
    public long Count => Numerics.Shape.Count(shape);

    /// <summary>The number of rows of a matrix.</summary>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    public int Rows => MustBeMatrix().shape[0];

    /// <summary>The number of columns of a matrix.</summary>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    public int Columns => MustBeMatrix().shape[1];

    /// <summary>Whether the entries lie one after the other in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            long step = 1;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                if (shape[axis] == 0) return true;
                if (shape[axis] != 1 && strides[axis] != step) return false;
                step *= shape[axis];
            }
            return true;
        }
    }

    internal T[] Data => data;

    /// <summary>Whether the entries of both lie in one array and their extents there overlap.</summary>
    internal bool Shares(NDArray<T> other)
    {
        if (!ReferenceEquals(data, other.data) || Count == 0 || other.Count == 0) return false;
        (long first, long last) = Extent();
        (long otherFirst, long otherLast) = other.Extent();
        return first <= otherLast && otherFirst <= last;
    }

    internal int Offset => offset;

    /// <summary>An array of zeros.</summary>
    /// <param name="shape">The dimensions; none for a scalar.</param>
    /// <exception cref="ShapeException">A dimension is negative, or there are too many entries.</exception>
    public static NDArray<T> Zeros(params ReadOnlySpan<int> shape) => new(LargePages.Zeros<T>(Numerics.Shape.Allocatable(shape)), shape);

    /// <summary>An array whose entries are still to be written.</summary>
    internal static NDArray<T> Uninitialised(int[] shape) =>
        new(LargePages.Uninitialised<T>(Numerics.Shape.Allocatable(shape)), 0, shape, Numerics.Shape.RowMajor(shape));

    /// <summary>An array whose entries are all the same.</summary>
    /// <param name="value">The value of every entry.</param>
    /// <param name="shape">The dimensions; none for a scalar.</param>
    /// <exception cref="ShapeException">A dimension is negative, or there are too many entries.</exception>
    public static NDArray<T> Full(T value, params ReadOnlySpan<int> shape)
    {
        NDArray<T> result = Zeros(shape);
        result.data.AsSpan().Fill(value);
        return result;
    }

    /// <summary>The n x n identity matrix.</summary>
    /// <param name="n">The number of rows and columns.</param>
    /// <exception cref="ShapeException"><paramref name="n"/> is negative or too large.</exception>
    public static NDArray<T> Identity(int n)
    {
        NDArray<T> result = Zeros(n, n);
        for (int i = 0; i < n; i++) result.data[i * (n + 1)] = T.One;
        return result;
    }

    /// <summary>A scalar: an array of order 0.</summary>
    /// <param name="value">Its value.</param>
    public static NDArray<T> Scalar(T value) => new([value], []);

    /// <summary>An array over the entries of <paramref name="data"/> in row-major order; the entries are shared, not copied.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="shape">The dimensions; none for a vector of all entries.</param>
    /// <exception cref="ShapeException">The number of entries is not the product of the dimensions.</exception>
    public static NDArray<T> FromArray(T[] data, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (shape.Length == 0) shape = [data.Length];
        if (Numerics.Shape.Allocatable(shape) != data.Length)
            throw new ShapeException($"An array of shape {Numerics.Shape.Text(shape)} has {Numerics.Shape.Count(shape)} entries, but {data.Length} are given.");
        return new NDArray<T>(data, shape);
    }

    /// <summary>A matrix with a copy of the entries of <paramref name="entries"/>.</summary>
    /// <param name="entries">The entries, row by row.</param>
    public static NDArray<T> FromArray(T[,] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        NDArray<T> result = Zeros(entries.GetLength(0), entries.GetLength(1));
        int k = 0;
        foreach (T entry in entries) result.data[k++] = entry;
        return result;
    }

    /// <summary>An array with a copy of the entries of <paramref name="entries"/> in row-major order.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="shape">The dimensions; none for a vector of all entries.</param>
    /// <exception cref="ShapeException">The number of entries is not the product of the dimensions.</exception>
    public static NDArray<T> FromSpan(ReadOnlySpan<T> entries, params ReadOnlySpan<int> shape) => FromArray(LargePages.CopyOf(entries), shape);

    /// <summary>The entry of a vector, counted from 0.</summary>
    /// <param name="i">The position.</param>
    /// <exception cref="ShapeException">The array is not a vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside the array.</exception>
    public T this[int i]
    {
        get => data[Position(i)];
        set => data[Position(i)] = value;
    }

    /// <summary>The entry of a matrix, counted from 0.</summary>
    /// <param name="i">The row.</param>
    /// <param name="j">The column.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the array.</exception>
    public T this[int i, int j]
    {
        get => data[Position(i, j)];
        set => data[Position(i, j)] = value;
    }

    /// <summary>The entry at a position, one index per axis, counted from 0.</summary>
    /// <param name="index">The indices; none for a scalar.</param>
    /// <exception cref="ShapeException">There are not as many indices as axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the array.</exception>
    public T this[params ReadOnlySpan<int> index]
    {
        get => data[Position(index)];
        set => data[Position(index)] = value;
    }

    /// <summary>The value of a scalar, or of an array with a single entry.</summary>
    /// <exception cref="ShapeException">The array has not exactly one entry.</exception>
    public T ToScalar() => Count == 1 ? data[offset] : throw new ShapeException($"The array must have one entry, but it is {Numerics.Shape.Text(shape)}.");

    /// <summary>The entries, when they lie one after the other in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The array is a view that is not contiguous.</exception>
    public Span<T> AsSpan() => IsContiguous
        ? data.AsSpan(offset, (int)Count)
        : throw new InvalidOperationException($"The entries of this view of shape {Numerics.Shape.Text(shape)} are not contiguous: copy it first.");

    /// <summary>A new array of the entries in row-major order.</summary>
    public T[] ToArray()
    {
        T[] result = LargePages.Uninitialised<T>(Numerics.Shape.Allocatable(shape));
        Strided.Copy(this, result);
        return result;
    }

    /// <summary>The entries of a matrix as a two-dimensional array.</summary>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    public T[,] ToMatrixArray()
    {
        T[,] result = new T[Rows, Columns];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++) result[i, j] = this[i, j];
        return result;
    }

    /// <summary>Copies the entries into another array of the same shape, which may be a view.</summary>
    /// <param name="target">The array that takes the entries. It must not overlap with this one unless it is this one.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentException">The target is a broadcast view.</exception>
    public void CopyTo(NDArray<T> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!Shape.SequenceEqual(target.Shape))
            throw new ShapeException($"The target of a copy must have the same shape, but it is {Numerics.Shape.Text(target.shape)} and not {Numerics.Shape.Text(shape)}.");
        target.MustBeWritable();
        if (target.IsContiguous) Strided.Copy(this, target.AsSpan());
        else Strided.Copy(this, target);
    }

    /// <summary>A contiguous array with a copy of the entries.</summary>
    public NDArray<T> Copy() => new(ToArray(), shape);

    /// <summary>This array when it is contiguous, else a contiguous copy.</summary>
    public NDArray<T> AsContiguous() => IsContiguous ? this : Copy();

    /// <summary>The entries in row-major order, one after the other.</summary>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    /// <summary>Whether the other array has the same shape and equal entries (not-a-number equals nothing).</summary>
    /// <param name="other">The array to compare with.</param>
    public bool SequenceEqual(NDArray<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Shape.SequenceEqual(other.Shape)) return false;
        T[] a = ToArray(), b = other.ToArray();
        for (int k = 0; k < a.Length; k++)
            if (a[k] != b[k]) return false;
        return true;
    }

    internal NDArray<T> MustBeMatrix() => shape.Length == 2 ? this : throw new ShapeException($"The array must be a matrix, but it is a {Numerics.Shape.Text(shape)}.");

    internal NDArray<T> MustBeSquare() => MustBeMatrix().shape[0] == shape[1]
        ? this
        : throw new ShapeException($"The matrix must be square, but it is {Numerics.Shape.Text(shape)}.");

    /// <summary>Refuses views in which several positions are one entry, because writing to them would lose results.</summary>
    internal NDArray<T> MustBeWritable()
    {
        for (int axis = 0; axis < shape.Length; axis++)
            if (strides[axis] == 0 && shape[axis] > 1) throw new ArgumentException($"A result cannot be a broadcast view, but axis {axis} of this {Numerics.Shape.Text(shape)} repeats one entry.");
        return this;
    }

    /// <summary>Refuses entries that are not finite, for algorithms that would not end or would hide them.</summary>
    internal NDArray<T> MustBeFinite()
    {
        NDArray<T> contiguous = AsContiguous();
        ReadOnlySpan<T> entries = contiguous.AsSpan();
        if (Reductions.AreFinite(entries)) return this;
        for (int k = 0; k < entries.Length; k++)
        {
            if (T.IsFinite(entries[k])) continue;
            string place = Order == 2 ? $"[{k / shape[1]}, {k % shape[1]}]" : $"[{k}]";
            throw new NotFiniteNumberException($"The entries must be finite, but entry {place} of {Numerics.Shape.Text(shape)} is {entries[k]}.");
        }
        return this;
    }

    /// <summary>The place in <see cref="Data"/> of the matrix at a position, in row-major order, of the axes before the last two.</summary>
    internal nint Place(int item)
    {
        nint place = offset;
        for (int axis = shape.Length - 3; axis >= 0; axis--)
        {
            (item, int index) = Math.DivRem(item, shape[axis]);
            place += (nint)index * strides[axis];
        }
        return place;
    }

    private (long First, long Last) Extent()
    {
        long first = offset, last = offset;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            long reach = (long)(shape[axis] - 1) * strides[axis];
            if (reach < 0) first += reach;
            else last += reach;
        }
        return (first, last);
    }

    private string DebuggerText => $"{Numerics.Shape.Text(shape)}: {(Count <= 16 ? ToString().ReplaceLineEndings(" ") : "...")}";

    private int Position(int i)
    {
        if (shape.Length != 1) throw new ShapeException($"One index is given for an array of shape {Numerics.Shape.Text(shape)}.");
        if ((uint)i >= (uint)shape[0]) throw OutOfRange(i, 0);
        return offset + i * strides[0];
    }

    private int Position(int i, int j)
    {
        if (shape.Length != 2) throw new ShapeException($"Two indices are given for an array of shape {Numerics.Shape.Text(shape)}.");
        if ((uint)i >= (uint)shape[0]) throw OutOfRange(i, 0);
        if ((uint)j >= (uint)shape[1]) throw OutOfRange(j, 1);
        return offset + i * strides[0] + j * strides[1];
    }

    private int Position(ReadOnlySpan<int> index)
    {
        if (index.Length != shape.Length)
            throw new ShapeException($"{index.Length} indices are given for an array of shape {Numerics.Shape.Text(shape)}.");
        int position = offset;
        for (int axis = 0; axis < index.Length; axis++)
        {
            if ((uint)index[axis] >= (uint)shape[axis]) throw OutOfRange(index[axis], axis);
            position += index[axis] * strides[axis];
        }
        return position;
    }

    private ArgumentOutOfRangeException OutOfRange(int index, int axis) =>
        new(nameof(index), $"Index {index} lies outside axis {axis} of an array of shape {Numerics.Shape.Text(shape)}.");
}
