namespace Nabla.Expressions.Operators;

/// <summary>√(Σ xᵢ²) over all entries: the Euclidean norm of a vector, the Frobenius norm of a matrix.</summary>
/// <remarks>d norm2(x) = x'/norm2(x) dx, and 0 at x = 0.</remarks>
internal sealed class Norm2 : EuclideanNorm
{
    /// <inheritdoc/>
    public override string Name => "norm2";

    /// <inheritdoc/>
    public override string Summary => "The Euclidean norm of a vector, the Frobenius norm of a matrix.";

    /// <inheritdoc/>
    public override string Example => "norm2([3, 4]')";
}
