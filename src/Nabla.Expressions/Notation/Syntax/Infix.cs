namespace Nabla.Expressions.Notation.Syntax;

/// <summary>The operators that join the factors of a product.</summary>
public enum Infix
{
    /// <summary><c>*</c>, the matrix product.</summary>
    Multiply,
    /// <summary><c>.*</c>, element by element.</summary>
    Hadamard,
    /// <summary><c>/</c>, by a scalar.</summary>
    Divide,
    /// <summary><c>./</c>, element by element.</summary>
    ElementwiseDivide,
    /// <summary><c>\</c>, the solution of a system.</summary>
    Solve,
    /// <summary><c>⊗</c>, the Kronecker product.</summary>
    Kronecker,
}
