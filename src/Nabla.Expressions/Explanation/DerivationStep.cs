using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>One step of a derivation or a computation: a rule takes one expression to another, and the two were compared numerically.</summary>
/// <param name="Rule">The name of the rule: <c>product-rule</c>, <c>chain-rule</c>.</param>
/// <param name="Before">What the rule is applied to, in the notation; a differential <c>dx</c> is a name.</param>
/// <param name="After">What comes out, in the notation; in index notation where no matrix expression holds it.</param>
/// <param name="Shape">The shape of what comes out, as it is laid out.</param>
/// <param name="Reason">Why, in one or two sentences.</param>
/// <param name="MaxRelativeError">The largest relative error found at random points; null where the step was not checked.</param>
/// <param name="Steps">The steps of which this one is made.</param>
public sealed record DerivationStep(
    string Rule, string Before, string After, IReadOnlyList<Dimension> Shape, string Reason, double? MaxRelativeError, IReadOnlyList<DerivationStep> Steps)
{
    /// <summary>Of what the step gives a partial derivative, what it names, or which function it works out; null for other steps.</summary>
    public string? Of { get; init; }

    /// <summary>By what the derivative is taken; null for other steps.</summary>
    public string? By { get; init; }

    /// <summary>The partial derivatives that the step multiplies, from left to right.</summary>
    public IReadOnlyList<PartialDerivative> Factors { get; init; } = [];

    /// <summary>How many columns of the matrix that comes out stand left of the line of an augmented matrix; 0 where there is none.</summary>
    public int Divider { get; init; }

    /// <summary>Whether the step only passes a differential on, as sums and constant factors do.</summary>
    public bool IsTrivial { get; init; }

    /// <summary>The step and all steps within it, those that it is made of after it.</summary>
    public IEnumerable<DerivationStep> All => Steps.SelectMany(s => s.All).Prepend(this);
}
