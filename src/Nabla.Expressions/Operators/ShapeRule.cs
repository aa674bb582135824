using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Operators;

/// <summary>What an operator's shape rule is written with: the arguments' shapes and the unification of dimensions.</summary>
internal abstract class ShapeRule
{
    /// <summary>The place that errors point at.</summary>
    public abstract Place Place { get; }

    /// <summary>The arguments as they are written.</summary>
    public abstract IReadOnlyList<SyntaxNode> Arguments { get; }

    /// <summary>The shape of an argument.</summary>
    public abstract Shape this[int argument] { get; }

    /// <summary>Demands that two dimensions are equal; <paramref name="message"/> says what does not fit otherwise.</summary>
    public abstract void Equate(Dimension a, Dimension b, Func<string> message);

    /// <summary>A dimension that the surroundings will determine.</summary>
    public abstract Dimension Fresh();

    /// <summary>An argument that is a size: a number, the name of a dimension, <c>rows(X)</c>, <c>cols(X)</c>, sums and products of these.</summary>
    public abstract Dimension SizeOf(int argument);

    /// <summary>An argument that is a number written in the program; null if it is not one.</summary>
    public abstract Core.Coefficient? Literal(int argument);

    /// <summary>The error for shapes that do not fit.</summary>
    public NablaException Error(string message, ErrorCode code = ErrorCode.Shape) => new(code, message, Place);
}
