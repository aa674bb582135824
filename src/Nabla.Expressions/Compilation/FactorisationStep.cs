using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>The factorisation of a square matrix: Cholesky's where it or its negative is known to be positive definite, else LU with pivoting.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="factors">Where the factors go.</param>
/// <param name="sign">1 where the matrix is known to be positive definite, -1 where its negative is, else 0.</param>
internal sealed class FactorisationStep(View matrix, View factors, int sign) : Step
{
    /// <summary>The matrix.</summary>
    public View Matrix => matrix;

    /// <summary>Where the factors go.</summary>
    public View Factors => factors;

    /// <summary>The number of rows and columns.</summary>
    public int Size => factors.Sizes[0];

    /// <summary>Whether the factors are Cholesky's.</summary>
    public bool IsDefinite => sign != 0;

    /// <summary>Whether the factors are those of the negative of the matrix.</summary>
    public bool IsNegated => sign < 0;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [matrix.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [factors.Storage];

    /// <inheritdoc/>
    public override double Operations => Math.Pow(Size, 3) * (IsDefinite ? 1 : 2) / 3;

    /// <inheritdoc/>
    public override double Traffic => 2.0 * Size * Size;

    /// <inheritdoc/>
    public override string Description => $"{(IsDefinite ? "Cholesky" : "LU")} factorisation of {Size} x {Size}";

    /// <inheritdoc/>
    public override long HeldEntries<T>() => IsDefinite ? 0 : 2L * Size * Size;

    /// <inheritdoc/>
    public override long PackedEntries<T>() => Gemm.PackedEntries<T>(Size / 2, Size / 2, Size / 2);

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new FactorisationRunner<T>(workspace, this);
}
