namespace Nabla.Expressions;

/// <summary>The picture of a function of one or two variables.</summary>
/// <param name="Svg">
/// The picture in SVG: of one variable the curve, its derivative dashed, the tangent at the start; of two the contour lines, the gradient as arrows; with a start, the path of gradient descent. It uses presentation
/// attributes only (no styles, no scripts, no names), <c>currentColor</c> for axes and words, and the classes <c>curve</c>, <c>derivative</c>, <c>tangent</c>, <c>contour</c>, <c>gradient</c>, <c>path</c>, <c>start</c> and <c>end</c>.
/// </param>
/// <param name="Path">The points of gradient descent, the start first; empty without a start.</param>
/// <param name="Notes">How the descent ended, where the function has no value, and what was assumed.</param>
public sealed record FunctionPlot(string Svg, IReadOnlyList<DescentPoint> Path, IReadOnlyList<string> Notes);
