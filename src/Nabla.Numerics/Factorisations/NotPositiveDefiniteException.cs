namespace Nabla.Numerics;

/// <summary>A matrix that must be positive definite is not.</summary>
/// <param name="message">The requirement and the leading minor that is not positive.</param>
public sealed class NotPositiveDefiniteException(string message) : ArithmeticException(message);
