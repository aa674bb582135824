namespace Nabla.Expressions.Notation;

/// <summary>What the characters of a program make up.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the input.</summary>
    End,
    /// <summary>A line break.</summary>
    NewLine,
    /// <summary>A character that is not of the notation; the lexer keeps the error.</summary>
    Invalid,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A name.</summary>
    Name,
    /// <summary><c>;</c></summary>
    Semicolon,
    /// <summary><c>,</c></summary>
    Comma,
    /// <summary><c>:</c></summary>
    Colon,
    /// <summary><c>=</c></summary>
    Equals,
    /// <summary><c>∈</c></summary>
    Element,
    /// <summary><c>×</c>, between the sizes of a matrix.</summary>
    Cross,
    /// <summary><c>(</c></summary>
    OpenParenthesis,
    /// <summary><c>)</c></summary>
    CloseParenthesis,
    /// <summary><c>[</c></summary>
    OpenBracket,
    /// <summary><c>]</c></summary>
    CloseBracket,
    /// <summary><c>{</c></summary>
    OpenBrace,
    /// <summary><c>}</c></summary>
    CloseBrace,
    /// <summary><c>+</c></summary>
    Plus,
    /// <summary><c>-</c></summary>
    Minus,
    /// <summary><c>*</c></summary>
    Multiply,
    /// <summary><c>.*</c></summary>
    Hadamard,
    /// <summary><c>/</c></summary>
    Divide,
    /// <summary><c>./</c></summary>
    ElementwiseDivide,
    /// <summary><c>\</c></summary>
    Solve,
    /// <summary><c>⊗</c></summary>
    Kronecker,
    /// <summary><c>^</c></summary>
    Power,
    /// <summary><c>.^</c></summary>
    ElementwisePower,
    /// <summary><c>'</c></summary>
    Transpose,
}
