namespace Nabla.Expressions.Core;

/// <summary>What is known of the sign of every entry of a tensor.</summary>
[Flags]
internal enum Sign
{
    /// <summary>Nothing.</summary>
    Unknown = 0,
    /// <summary>No entry is zero.</summary>
    Nonzero = 1,
    /// <summary>No entry is below zero.</summary>
    Nonnegative = 2,
    /// <summary>Every entry is above zero.</summary>
    Positive = Nonzero | Nonnegative,
}
