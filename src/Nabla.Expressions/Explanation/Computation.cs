using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>A computation of linear algebra as it is done by hand, in exact fractions: what <see cref="DerivationStep"/> is for derivatives.</summary>
/// <param name="Function">The program's function.</param>
/// <param name="Steps">
/// The steps, one for every binding and every function that is worked out; the operations are steps within these. Matrices are literals of the notation, fractions quotients.
/// The error of a step is that of the same step in double precision.
/// </param>
public sealed record Computation(string Function, IReadOnlyList<DerivationStep> Steps);
