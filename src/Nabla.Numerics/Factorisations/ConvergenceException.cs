namespace Nabla.Numerics;

/// <summary>An iteration reached its cap before it converged.</summary>
/// <param name="message">The iteration, its cap and the shape of its input.</param>
public sealed class ConvergenceException(string message) : ArithmeticException(message);
