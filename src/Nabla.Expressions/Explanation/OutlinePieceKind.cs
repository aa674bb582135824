namespace Nabla.Expressions.Explanation;

/// <summary>The kinds of pieces of a line.</summary>
internal enum OutlinePieceKind
{
    /// <summary>Words.</summary>
    Words,
    /// <summary>A formula of the notation.</summary>
    Formula,
    /// <summary>A partial derivative by its name, <c>df/dz</c>.</summary>
    Partial,
    /// <summary>An equality sign.</summary>
    Equals,
    /// <summary>A sign of a product of derivatives.</summary>
    Times,
    /// <summary>A sign of a sum.</summary>
    Plus,
    /// <summary>A matrix of numbers.</summary>
    Matrix,
    /// <summary>The shape of the whole line.</summary>
    Shape,
}
