namespace Nabla.Expressions.Operators;

/// <summary>A named simplification whose left side has the operator at its root; <c>Simplify</c> applies it.</summary>
/// <param name="Name">Its name, subject first: <c>logdet-of-inverse</c>.</param>
/// <param name="Left">What it replaces, in the notation.</param>
/// <param name="Right">What it puts in its place.</param>
/// <param name="Where">The declarations that it needs: the side conditions.</param>
internal sealed record Rule(string Name, string Left, string Right, params string[] Where);
