namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A piece of a program as it is written.</summary>
/// <remarks>The same trees carry what the user wrote and what the system writes back. They are compared by reference.</remarks>
/// <param name="place">Where it stands: the operator of an operation, the first character otherwise.</param>
public abstract class SyntaxNode(Place place)
{
    /// <summary>Where it stands: the operator of an operation, the first character otherwise.</summary>
    public Place Place { get; } = place;
}
