namespace Nabla.Expressions.Compilation;

/// <summary>The factorisation of a square matrix: Cholesky's where it is known to be positive definite, else LU with pivoting.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="factors">Where the factors go.</param>
/// <param name="isPositiveDefinite">Whether the matrix is known to be positive definite.</param>
internal sealed class FactorisationStep(View matrix, View factors, bool isPositiveDefinite) : Step
{
    /// <summary>The matrix.</summary>
    public View Matrix => matrix;

    /// <summary>Where the factors go.</summary>
    public View Factors => factors;

    /// <summary>The number of rows and columns.</summary>
    public int Size => factors.Sizes[0];

    /// <summary>Whether the matrix is known to be positive definite.</summary>
    public bool IsPositiveDefinite => isPositiveDefinite;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [matrix.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [factors.Storage];

    /// <inheritdoc/>
    public override double Operations => Math.Pow(Size, 3) * (isPositiveDefinite ? 1 : 2) / 3;

    /// <inheritdoc/>
    public override double Traffic => 2.0 * Size * Size;

    /// <inheritdoc/>
    public override string Description => $"{(isPositiveDefinite ? "Cholesky" : "LU")} factorisation of {Size} x {Size}";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new FactorisationRunner<T>(workspace, this);
}
