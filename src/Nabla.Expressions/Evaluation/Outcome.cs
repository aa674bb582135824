using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Evaluation;

/// <summary>What the evaluation of a program gives.</summary>
/// <param name="Values">The values of the last statement: one, or as many as it has names.</param>
/// <param name="Kinks">The functions that were evaluated at a kink, each once: there a derivative is a subgradient.</param>
/// <param name="NotFinite">Where the first operation stands whose value is infinite or not a number for finite arguments; null if there is none.</param>
public sealed record Outcome(IReadOnlyList<Value> Values, IReadOnlyList<string> Kinks, Place? NotFinite)
{
    /// <summary>The only value, or the first.</summary>
    public Value Value => Values[0];
}
