namespace Nabla.Expressions.Notation;

/// <summary>A place in a program: line and column count from 1, columns count code points.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in code points.</param>
/// <param name="Declaration">The index, from 0, of the entry of a list of declarations that the place lies in; null in the program itself.</param>
public readonly record struct Place(int Line, int Column, int? Declaration = null);
