using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>The verdict on a point: whether the gradient vanishes there, and what the eigenvalues of the Hessian say.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value of the function at the point.</param>
/// <param name="Gradient">The gradient, of the shape of the variable.</param>
/// <param name="Hessian">
/// The second derivatives by the entries of the variable, n x n; by a matrix, those of vec(X), row by row. Of a symmetric, diagonal or triangular variable, along an orthonormal basis of its free entries.
/// </param>
/// <param name="Eigenvalues">The eigenvalues of the Hessian, ascending.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">Why, in one or two sentences.</param>
/// <param name="Notes">What was assumed and what one should know.</param>
public sealed record StationaryPoint(
    Variable Variable, double Value, NDArray<double> Gradient, NDArray<double> Hessian, IReadOnlyList<double> Eigenvalues, StationaryKind Kind, string Reason, IReadOnlyList<string> Notes);
