namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>A window of the plane.</summary>
/// <param name="Left">The smallest number across.</param>
/// <param name="Right">The largest number across.</param>
/// <param name="Bottom">The smallest number upwards.</param>
/// <param name="Top">The largest number upwards.</param>
internal readonly record struct Window(double Left, double Right, double Bottom, double Top);
