using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>The answer to a question for a derivative.</summary>
/// <param name="Variables">The free names with the shapes that were used.</param>
/// <param name="Function">The function.</param>
/// <param name="Derivative">The derivative.</param>
/// <param name="Check">The proof; null if it was not asked for or no point of the domain was found.</param>
/// <param name="Notes">What was assumed and what one should know.</param>
public sealed record DerivativeAnswer(IReadOnlyList<Variable> Variables, FunctionForm Function, DerivativeForm Derivative, CheckResult? Check, IReadOnlyList<string> Notes)
{
    /// <summary>The derivation, where it was asked for.</summary>
    public Derivation? Derivation { get; init; }
}
