using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Evaluation;

/// <summary>What an operator's reference kernel is given: the arguments' values, the shape of the result with its sizes, the budget.</summary>
internal sealed class Arguments
{
}
