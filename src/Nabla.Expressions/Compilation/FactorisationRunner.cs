using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Factors a matrix, and keeps what its uses need.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class FactorisationRunner<T>(Workspace<T> workspace, FactorisationStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _matrix = step.IsPositiveDefinite ? [] : new T[step.Factors.Count];
    private LU<T>? _lu;

    /// <summary>The LU factorisation, where the matrix is not known to be positive definite.</summary>
    public LU<T> LU => _lu!;

    /// <inheritdoc/>
    public override void Run()
    {
        int n = step.Size;
        T* matrix = At(step.Matrix), factors = At(step.Factors);
        var (row, column) = (step.Matrix.Strides[0], step.Matrix.Strides[1]);
        if (!step.IsPositiveDefinite)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) _matrix[i * n + j] = matrix[i * row + j * column];
            try
            {
                _lu = new(NDArray<T>.FromArray(_matrix, n, n));
            }
            catch (NotFiniteNumberException e)
            {
                throw new NablaException(ErrorCode.Domain, e.Message, null, e);
            }
            return;
        }
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) factors[i * n + j] = matrix[i * row + j * column];
        int failed = Cholesky<T>.Factor(factors, n, n, 0);
        if (failed >= 0)
            throw new NablaException(ErrorCode.Domain, $"The {n} x {n} matrix must be positive definite, as it is declared, but its leading minor of order {failed + 1} is not positive.");
    }
}
