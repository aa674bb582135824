using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Solves with a factorisation that is there.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class SolveRunner<T>(Workspace<T> workspace, SolveStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorisationRunner<T> _factorisation = (FactorisationRunner<T>)workspace.RunnerOf(step.Factorisation);
    private readonly NDArray<T> _right = step.Factorisation.IsDefinite ? NDArray<T>.Zeros(0, 0) : NDArray<T>.Zeros(step.Factorisation.Size, step.Columns);

    /// <inheritdoc/>
    public override void Run()
    {
        int n = step.Factorisation.Size, columns = step.Columns;
        T* x = At(step.Target);
        if (step.Factorisation.IsDefinite)
        {
            // The upper triangle of the factors is L'.
            T* u = At(step.Factorisation.Factors);
            if (step.OfIdentity) DefiniteInverse.Run(n, u, x);
            else
            {
                Triangular.SolveLeft(true, false, n, u, 1, n, x, columns, columns);
                Triangular.SolveLeft(false, false, n, u, n, 1, x, columns, columns);
            }
            if (step.Factorisation.IsNegated) Vectors.Scale(-T.One, x, n * columns);
            return;
        }
        if (step.OfIdentity)
        {
            new Span<T>(x, n * n).Clear();
            for (int i = 0; i < n; i++) x[i * (n + 1)] = T.One;
        }
        try
        {
            new ReadOnlySpan<T>(x, n * columns).CopyTo(_right.Data);
            if (step.IsTransposed) _factorisation.LU.SolveTransposed(_right, _right);
            else _factorisation.LU.Solve(_right, _right);
            _right.Data.AsSpan().CopyTo(new Span<T>(x, n * columns));
        }
        catch (SingularMatrixException e)
        {
            throw new NablaException(ErrorCode.Singular, e.Message, null, e);
        }
    }
}
