namespace Nabla.Numerics;

/// <summary>A matrix that must be invertible is singular, exactly or to working precision.</summary>
/// <param name="message">The requirement and the actual shape and pivot.</param>
public sealed class SingularMatrixException(string message) : ArithmeticException(message);
