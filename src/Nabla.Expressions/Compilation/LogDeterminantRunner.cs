using System.Numerics;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Compilation;

/// <summary>Sums the logarithms of the pivots.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class LogDeterminantRunner<T>(Workspace<T> workspace, LogDeterminantStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorisationRunner<T> _factorisation = (FactorisationRunner<T>)workspace.RunnerOf(step.Factorisation);

    /// <inheritdoc/>
    public override void Run()
    {
        int n = step.Factorisation.Size;
        if (step.Factorisation is { IsNegated: true } && n % 2 != 0)
            throw new NablaException(ErrorCode.Domain, $"logdet needs a matrix with positive determinant, but the {n} x {n} matrix is negative definite.");
        if (step.Factorisation.IsDefinite)
        {
            T* l = At(step.Factorisation.Factors);
            T sum = T.Zero;
            for (int i = 0; i < n; i++) sum += T.Log(l[i * (n + 1)]);
            *At(step.Target) = sum + sum;
            return;
        }
        var lu = _factorisation.LU;
        *At(step.Target) = lu.DeterminantSign switch
        {
            > 0 => lu.LogAbsDeterminant,
            0 => throw new NablaException(ErrorCode.Singular, "logdet needs a matrix with positive determinant, but the matrix is singular."),
            _ => throw new NablaException(ErrorCode.Domain, $"logdet needs a matrix with positive determinant, but the determinant is {lu.Determinant:G6}."),
        };
    }
}
