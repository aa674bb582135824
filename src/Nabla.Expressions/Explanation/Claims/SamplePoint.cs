using Nabla.Expressions.Evaluation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>A point of the domain with the value that the derivative has there.</summary>
/// <param name="Entries">The values of the variables as arrays.</param>
/// <param name="Sizes">The sizes of the dimensions.</param>
/// <param name="Values">The values of the variables as the interpreter takes them.</param>
/// <param name="Expected">The derivative, laid out in mixed layout.</param>
/// <param name="Noise">The absolute error that rounding may cause.</param>
internal sealed record SamplePoint(
    Dictionary<string, NDArray<double>> Entries, Dictionary<string, long> Sizes, Dictionary<string, Value> Values, Value Expected, double Noise);
