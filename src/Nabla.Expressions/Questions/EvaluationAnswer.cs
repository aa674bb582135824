using Nabla.Expressions.Evaluation;

namespace Nabla.Expressions;

/// <summary>The answer to a question for a value.</summary>
/// <param name="Outputs">The values of the last statement by name; <c>ans</c> where it has none.</param>
/// <param name="Notes">What was assumed and what one should know.</param>
public sealed record EvaluationAnswer(IReadOnlyList<KeyValuePair<string, Value>> Outputs, IReadOnlyList<string> Notes)
{
    /// <summary>The computation step by step, where it was asked for.</summary>
    public Computation? Computation { get; init; }
}
