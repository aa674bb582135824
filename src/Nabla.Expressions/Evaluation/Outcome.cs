namespace Nabla.Expressions.Evaluation;

/// <summary>What the evaluation of a program gives.</summary>
/// <param name="Values">The values of the last statement: one, or as many as it has names.</param>
/// <param name="Kinks">The functions that were evaluated at a kink, each once: there a derivative is a subgradient.</param>
public sealed record Outcome(IReadOnlyList<Value> Values, IReadOnlyList<string> Kinks)
{
    /// <summary>The only value, or the first.</summary>
    public Value Value => Values[0];
}
