namespace Nabla.Expressions;

/// <summary>Difference quotients that approach a slope.</summary>
/// <param name="Value">The value of the function at the point.</param>
/// <param name="Slope">The derivative along the direction, from the formula.</param>
/// <param name="Derivative">The formula.</param>
/// <param name="Quotients">The quotients for steps 1, 1/10, 1/100, ...: their errors shrink with h and h² until rounding takes over.</param>
/// <param name="Conclusion">What the table shows, in a sentence.</param>
/// <param name="Svg">The curve with its secants and its tangent, as a picture in SVG; null where it cannot be drawn.</param>
/// <param name="Notes">What was assumed and what one should know.</param>
public sealed record SlopeTable(double Value, double Slope, string Derivative, IReadOnlyList<DifferenceQuotient> Quotients, string Conclusion, string? Svg, IReadOnlyList<string> Notes);
