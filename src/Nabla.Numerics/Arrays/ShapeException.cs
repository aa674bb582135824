namespace Nabla.Numerics;

/// <summary>Shapes that do not fit an operation; the message states the requirement and the actual shapes.</summary>
/// <param name="message">The requirement and the shapes that were given.</param>
public sealed class ShapeException(string message) : ArgumentException(message);
