using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Factors a matrix, and keeps what its uses need.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class FactorisationRunner<T>(Workspace<T> workspace, FactorisationStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NDArray<T> _matrix = step.IsDefinite ? NDArray<T>.Zeros(0, 0) : NDArray<T>.Zeros(step.Size, step.Size);

    // A pivot that is a smaller part of its diagonal entry is nothing but rounding.
    private readonly T _leastPivot = T.CreateTruncating(4) * Precision<T>.Epsilon;
    private LU<T>? _lu;

    /// <summary>The LU factorisation, where the matrix is not known to be definite.</summary>
    public LU<T> LU => _lu!;

    /// <inheritdoc/>
    public override void Run()
    {
        if (step.IsDefinite) RunCholesky();
        else RunLU();
    }

    private void RunLU()
    {
        int n = step.Size;
        T* matrix = At(step.Matrix);
        var (row, column) = (step.Matrix.Strides[0], step.Matrix.Strides[1]);
        T[] entries = _matrix.Data;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) entries[i * n + j] = matrix[i * row + j * column];
        try
        {
            if (_lu is null) _lu = new(_matrix, scalesRows: true);
            else _lu.Factor(_matrix);
        }
        catch (NotFiniteNumberException e)
        {
            throw new NablaException(ErrorCode.Domain, e.Message, null, e);
        }
    }

    private void RunCholesky()
    {
        int n = step.Size;
        T* matrix = At(step.Matrix), factors = At(step.Factors);
        var (row, column) = (step.Matrix.Strides[0], step.Matrix.Strides[1]);
        T sign = step.IsNegated ? -T.One : T.One;
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) factors[i * n + j] = sign * matrix[i * row + j * column];
        int failed = Cholesky<T>.Factor(factors, n, n, 0);
        for (int i = 0; i < n && failed < 0; i++)
            if (!(factors[i * (n + 1)] * factors[i * (n + 1)] > _leastPivot * T.Abs(matrix[i * (row + column)]))) failed = i;
        if (failed < 0) return;
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                if (matrix[i * row + j * column] is var entry && !T.IsFinite(entry)) throw new NablaException(ErrorCode.Domain, $"A factorisation needs finite entries, but entry [{i + 1},{j + 1}] of the {n} x {n} matrix is {entry}.");
        throw new NablaException(ErrorCode.Domain, $"The {n} x {n} matrix must be {(step.IsNegated ? "negative" : "positive")} definite by its declaration or its form, but its leading minor of order {failed + 1} is not {(step.IsNegated ? "of that sign" : "positive")} in working precision.");
    }
}
