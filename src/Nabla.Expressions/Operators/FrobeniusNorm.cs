namespace Nabla.Expressions.Operators;

/// <summary>√(Σ xᵢⱼ²) over all entries.</summary>
/// <remarks>d normF(X) = tr(X' dX)/normF(X), and 0 at X = 0.</remarks>
internal sealed class FrobeniusNorm : EuclideanNorm
{
    /// <inheritdoc/>
    public override string Name => "normF";

    /// <inheritdoc/>
    public override string Summary => "The Frobenius norm of a matrix, the Euclidean norm of a vector.";

    /// <inheritdoc/>
    public override string Example => "normF([1 2; 3 4])";
}
