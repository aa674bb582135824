using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>A written result: bindings of shared pieces, then the expression.</summary>
/// <param name="Bindings">The names with their values, in the order in which they must stand.</param>
/// <param name="Result">The expression.</param>
internal sealed record Written(IReadOnlyList<(string Name, Form Value)> Bindings, Form Result)
{
    /// <summary>Bindings of several names that stand before all others: <c>w, V = eig(S)</c>.</summary>
    public IReadOnlyList<Binding> Preludes { get; init; } = [];

    /// <summary>The length in tokens: a binding costs its name, the sign and the separator.</summary>
    public int Tokens => Result.Tokens + Bindings.Sum(b => b.Value.Tokens + 3);

    /// <summary>The program.</summary>
    public ProgramSyntax Program => new([], [.. Preludes, .. Bindings.Select(b => new Binding([b.Name], b.Value.Syntax, [default]))], Result.Syntax, []);

    /// <summary>The result transposed.</summary>
    public Written Transposed => this with { Result = Result.Transpose() };
}
