namespace Nabla.Expressions.Writing;

/// <summary>How tightly a piece of notation binds, loosest first.</summary>
internal enum Level
{
    /// <summary>A sum.</summary>
    Sum,
    /// <summary>A product or quotient.</summary>
    Product,
    /// <summary>A signed operand.</summary>
    Sign,
    /// <summary>A power.</summary>
    Power,
    /// <summary>A transpose or an index.</summary>
    Postfix,
    /// <summary>A name, number, call or bracketed block.</summary>
    Atom,
}
