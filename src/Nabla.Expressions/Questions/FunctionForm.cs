using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>The function of a question, as it was understood.</summary>
/// <param name="Text">In the notation.</param>
/// <param name="Latex">As LaTeX; null where that would be too long.</param>
/// <param name="Mathml">As MathML; null where that would be too long.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Value">Its value, where all values were given.</param>
public sealed record FunctionForm(string Text, string? Latex, string? Mathml, Shape Shape, Value? Value);
