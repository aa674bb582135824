using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>A value of a computation: in exact fractions where there are any, else in double precision only.</summary>
/// <param name="Kind">The kind: a column is an n x 1 matrix, a number 1 x 1.</param>
/// <param name="Exact">The fractions; null where the value is none.</param>
/// <param name="Value">The value in double precision.</param>
internal sealed record Known(Kind Kind, ExactMatrix? Exact, Value Value);
