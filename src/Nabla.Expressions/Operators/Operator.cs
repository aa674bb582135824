namespace Nabla.Expressions.Operators;

/// <summary>Everything that the system knows about one function of the notation.</summary>
public abstract class Operator
{
}
