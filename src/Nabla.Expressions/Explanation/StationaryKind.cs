namespace Nabla.Expressions;

/// <summary>What a point is to a function.</summary>
public enum StationaryKind
{
    /// <summary>The gradient is not zero there.</summary>
    NotStationary,
    /// <summary>A local minimum.</summary>
    Minimum,
    /// <summary>A local maximum.</summary>
    Maximum,
    /// <summary>A saddle: the function rises in one direction and falls in another.</summary>
    Saddle,
    /// <summary>The second derivatives do not decide.</summary>
    Undecided,
}
