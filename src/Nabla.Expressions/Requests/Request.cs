
namespace Nabla.Expressions.Requests;

/// <summary>A request that has been read: one of the questions, and how its answer is written.</summary>
internal sealed record Request
{
    /// <summary>The question for a derivative; null if a value is asked.</summary>
    public DerivativeRequest? Derivative { get; init; }

    /// <summary>The question whether a claim is right; null if another one is asked.</summary>
    public ClaimRequest? Claim { get; init; }

    /// <summary>The question for values; null if a derivative is asked.</summary>
    public EvaluationRequest? Evaluation { get; init; }

    /// <summary>The question for a picture or for what a point is; null if another one is asked.</summary>
    public SurfaceRequest? Surface { get; init; }

    /// <summary>What a picture shows; null if a point is classified.</summary>
    public PlotOptions? Picture { get; init; }

    /// <summary>The written forms that the answer has.</summary>
    public Formats Formats { get; init; } = Formats.Default;

    /// <summary>How much of a derivation is told as HTML.</summary>
    public DerivationLevel Level { get; init; }

    /// <summary>What there is to say of the request itself.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
