using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A question for the value of a program.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The program.</summary>
    public required string Expression { get; init; }

    /// <summary>Declarations beside those in the program.</summary>
    public IReadOnlyList<string> Declare { get; init; } = [];

    /// <summary>Values, by name: of order 0, 1 or 2.</summary>
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();

    /// <summary>Whether the computation is told step by step, in exact fractions.</summary>
    public bool Explain { get; init; }

    /// <summary>The budget.</summary>
    public Work Work { get; init; } = Work.Unlimited;
}
