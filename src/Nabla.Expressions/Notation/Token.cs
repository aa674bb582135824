namespace Nabla.Expressions.Notation;

/// <summary>A piece of a program's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="BlankBefore">Whether a blank, a comment or a line break stands before it.</param>
/// <param name="Start">Where it starts, in characters of the text.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in code points.</param>
internal readonly record struct Token(TokenKind Kind, bool BlankBefore, int Start, int Length, int Line, int Column)
{
    /// <summary>The first character after it.</summary>
    public int End => Start + Length;
}
