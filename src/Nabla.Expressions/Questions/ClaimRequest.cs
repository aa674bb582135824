using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A question whether a claimed derivative is right.</summary>
public sealed record ClaimRequest
{
    /// <summary>The program.</summary>
    public required string Expression { get; init; }

    /// <summary>The claimed derivative, in mixed layout: a program over the names of the first one.</summary>
    /// <remarks>It may use the bindings of the program, and bind names of its own.</remarks>
    public required string Claim { get; init; }

    /// <summary>Declarations beside those in the program.</summary>
    public IReadOnlyList<string> Declare { get; init; } = [];

    /// <summary>The variable; null for the only one.</summary>
    public string? Wrt { get; init; }

    /// <summary>The order, from 1.</summary>
    public int Order { get; init; } = 1;

    /// <summary>Values, by name: of order 0, 1 or 2.</summary>
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();

    /// <summary>The budget.</summary>
    public Work Work { get; init; } = Work.Unlimited;

    /// <summary>The question for the right derivative.</summary>
    internal DerivativeRequest Question => new() { Expression = Expression, Declare = Declare, Wrt = Wrt, Order = Order, At = At, Work = Work };
}
