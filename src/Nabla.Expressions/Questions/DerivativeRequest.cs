using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A question for a derivative.</summary>
public sealed record DerivativeRequest
{
    /// <summary>The program.</summary>
    public required string Expression { get; init; }

    /// <summary>Declarations beside those in the program.</summary>
    public IReadOnlyList<string> Declare { get; init; } = [];

    /// <summary>The variable; null for the only one.</summary>
    public string? Wrt { get; init; }

    /// <summary>The order, from 1.</summary>
    public int Order { get; init; } = 1;

    /// <summary>Values, by name: of order 0, 1 or 2.</summary>
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();

    /// <summary>The layout of the notation.</summary>
    public Layout Layout { get; init; }

    /// <summary>Whether the derivative is compared with the function at random points.</summary>
    public bool Check { get; init; } = true;

    /// <summary>How the derivation is told; null for no derivation.</summary>
    public DerivationView? Explain { get; init; }

    /// <summary>The languages in which the derivative is written as a function.</summary>
    public IReadOnlyList<CodeTarget> Code { get; init; } = [];

    /// <summary>The budget.</summary>
    public Work Work { get; init; } = Work.Unlimited;
}
