namespace Nabla.Expressions;

/// <summary>How much of a derivation is told; what is trivial for the level is folded.</summary>
public enum DerivationLevel
{
    /// <summary>One line a step.</summary>
    Short,
    /// <summary>Every step with its reason, and the rules of which it is made.</summary>
    Full,
    /// <summary>The trivial rules too, and the error that was found for each.</summary>
    Every,
}
