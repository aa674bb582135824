namespace Nabla.Expressions;

/// <summary>The proof of a derivative: how it compared with the function.</summary>
/// <param name="Method">How the function was differentiated numerically.</param>
/// <param name="Points">The number of random points.</param>
/// <param name="MaxRelativeError">The largest relative error found.</param>
public sealed record CheckResult(string Method, int Points, double MaxRelativeError);
