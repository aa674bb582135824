using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Walks over strided arrays.</summary>
internal static unsafe class Strided
{
    private const int Tile = 32;

    /// <summary>Copies the entries in row-major order into <paramref name="target"/>.</summary>
    internal static void Copy<T>(NDArray<T> source, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = source.Count;
        if (count == 0) return;
        if (source.IsContiguous)
        {
            source.Data.AsSpan(source.Offset, (int)count).CopyTo(target);
            return;
        }
        int order = source.Order;
        if (order == 1)
        {
            Copy(source.Data, source.Offset, 1, source.Shape[0], 0, source.Strides[0], target);
            return;
        }
        int rows = source.Shape[^2], columns = source.Shape[^1], size = rows * columns;
        int[] index = new int[order];
        int position = source.Offset;
        for (int done = 0; done < count; done += size)
        {
            Copy(source.Data, position, rows, columns, source.Strides[^2], source.Strides[^1], target.Slice(done, size));
            for (int axis = order - 3; axis >= 0; axis--)
            {
                position += source.Strides[axis];
                if (++index[axis] < source.Shape[axis]) break;
                position -= source.Strides[axis] * source.Shape[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>Copies entry by entry into a view of the same shape.</summary>
    internal static void Copy<T>(NDArray<T> source, NDArray<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.Count == 0) return;
        Walk(0, source.Offset, target.Offset);

        void Walk(int axis, int from, int to)
        {
            if (axis == source.Order)
            {
                target.Data[to] = source.Data[from];
                return;
            }
            if (axis == source.Order - 1 && source.Strides[axis] == 1 && target.Strides[axis] == 1)
            {
                source.Data.AsSpan(from, source.Shape[axis]).CopyTo(target.Data.AsSpan(to));
                return;
            }
            for (int k = 0; k < source.Shape[axis]; k++) Walk(axis + 1, from + k * source.Strides[axis], to + k * target.Strides[axis]);
        }
    }

    private static void Copy<T>(T[] data, int start, int rows, int columns, int rowStride, int columnStride, Span<T> target)
        where T : unmanaged
    {
        if (rowStride == 1 && columnStride > 0 && rows > 1)
        {
            Transposition.Copy(data.AsSpan(start), columnStride, columns, rows, target);
            return;
        }
        if (columnStride is 0 or 1)
        {
            for (int i = 0; i < rows; i++, start += rowStride, target = target[columns..])
            {
                if (columnStride == 0) target[..columns].Fill(data[start]);
                else data.AsSpan(start, columns).CopyTo(target);
            }
            return;
        }
        fixed (T* origin = &data[start], to = target)
        {
            for (int i0 = 0; i0 < rows; i0 += Tile)
            {
                int i1 = Math.Min(i0 + Tile, rows);
                for (int j0 = 0; j0 < columns; j0 += Tile)
                {
                    int j1 = Math.Min(j0 + Tile, columns);
                    for (int i = i0; i < i1; i++)
                    {
                        T* from = origin + (nint)i * rowStride, row = to + (nint)i * columns;
                        for (int j = j0; j < j1; j++) row[j] = from[(nint)j * columnStride];
                    }
                }
            }
        }
    }
}
