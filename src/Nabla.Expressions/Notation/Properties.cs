namespace Nabla.Expressions.Notation;

/// <summary>What is known of a variable beside its shape.</summary>
[Flags]
public enum Properties
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The matrix equals its transpose.</summary>
    Symmetric = 1,
    /// <summary>The matrix is symmetric and its quadratic form is positive.</summary>
    PositiveDefinite = 2 | Symmetric,
    /// <summary>The entries off the diagonal are zero.</summary>
    Diagonal = 4 | Symmetric,
    /// <summary>The entries above the diagonal are zero.</summary>
    LowerTriangular = 8,
    /// <summary>The entries below the diagonal are zero.</summary>
    UpperTriangular = 16,
    /// <summary>The transpose is the inverse.</summary>
    Orthogonal = 32,
    /// <summary>Every entry is at least zero.</summary>
    Nonnegative = 64,
    /// <summary>No entry is zero.</summary>
    Nonzero = 128,
    /// <summary>Every entry is above zero.</summary>
    Positive = Nonzero | Nonnegative,
}
