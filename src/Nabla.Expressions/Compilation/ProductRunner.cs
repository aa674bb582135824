using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Runs a matrix product with the kernel that its sizes ask for.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class ProductRunner<T>(Workspace<T> workspace, ProductStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _index = new int[step.Outer.Length];
    private readonly MatrixVector<T> _matrixVector = new();

    /// <inheritdoc/>
    public override void Run()
    {
        T* A = At(step.A.Storage, step.A.Offset), B = At(step.B.Storage, step.B.Offset), C = At(step.C.Storage, step.C.Offset);
        if (step.Rows == 0 || step.Columns == 0) return;
        int[] outer = step.Outer;
        if (outer.Length == 0)
        {
            Multiply(A, B, C);
            return;
        }
        Array.Clear(_index);
        if (View.Product(outer) == 0) return;
        while (true)
        {
            Multiply(A, B, C);
            int axis = outer.Length - 1;
            for (; axis >= 0; axis--)
            {
                A += step.A.Strides[axis + 2];
                B += step.B.Strides[axis + 2];
                C += step.C.Strides[axis + 2];
                if (++_index[axis] < outer[axis]) break;
                A -= step.A.Strides[axis + 2] * outer[axis];
                B -= step.B.Strides[axis + 2] * outer[axis];
                C -= step.C.Strides[axis + 2] * outer[axis];
                _index[axis] = 0;
            }
            if (axis < 0) return;
        }
    }

    private void Multiply(T* A, T* B, T* C)
    {
        T factor = T.CreateTruncating(step.Factor);
        var (m, n, k) = (step.Rows, step.Columns, step.Depth);
        var (aRow, aColumn) = ((nint)step.A.Strides[0], (nint)step.A.Strides[1]);
        var (bRow, bColumn) = ((nint)step.B.Strides[0], (nint)step.B.Strides[1]);
        var (cRow, cColumn) = ((nint)step.C.Strides[0], (nint)step.C.Strides[1]);
        if (n == 1) _matrixVector.Multiply(m, k, factor, A, aRow, aColumn, B, bRow, C, cRow, step.Adds);
        else if (m == 1) _matrixVector.Multiply(n, k, factor, B, bColumn, bRow, A, aColumn, C, cColumn, step.Adds);
        else if (cColumn == 1) Product(m, n, k, factor, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
        else Product(n, m, k, factor, B, bColumn, bRow, A, aColumn, aRow, C, cColumn);
    }

    private void Product(int m, int n, int k, T factor, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
    {
        if (step.Adds) Gemm.Add(m, n, k, factor, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
        else Gemm.Set(m, n, k, factor, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
    }
}
