namespace Nabla.Expressions;

/// <summary>Rise over run for one step.</summary>
/// <param name="Step">The step h.</param>
/// <param name="Forward">(f(x + h) - f(x))/h; null where f has no value there.</param>
/// <param name="Central">(f(x + h) - f(x - h))/(2h); null where f has no value there.</param>
public sealed record DifferenceQuotient(double Step, double? Forward, double? Central);
