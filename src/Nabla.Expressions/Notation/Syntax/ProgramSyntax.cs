namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A whole program: declarations, bindings and, last, the function.</summary>
/// <param name="Declarations">The declarations, in the order in which they stand.</param>
/// <param name="Bindings">The bindings before the function.</param>
/// <param name="Function">The last statement's expression.</param>
/// <param name="FunctionNames">The names of the last statement; none when it has no name, several for <c>Q, R = qr(A)</c>.</param>
/// <param name="FunctionPlaces">Where these names stand; null in programs that the system writes.</param>
public sealed record ProgramSyntax(
    IReadOnlyList<Declaration> Declarations,
    IReadOnlyList<Binding> Bindings,
    SyntaxNode Function,
    IReadOnlyList<string> FunctionNames,
    IReadOnlyList<Place>? FunctionPlaces = null);
