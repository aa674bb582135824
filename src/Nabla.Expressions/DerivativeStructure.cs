namespace Nabla.Expressions;

/// <summary>What is known of a Jacobian or Hessian without looking at its entries: the first that holds, from the most to the least.</summary>
/// <remarks>Rows are the axes of the function, columns those of the variable; of a matrix they are counted row by row.</remarks>
public enum DerivativeStructure
{
    /// <summary>All entries are zero.</summary>
    Zero,

    /// <summary>Square, and zero off the diagonal.</summary>
    Diagonal,

    /// <summary>A Kronecker product A ⊗ B of two matrices.</summary>
    Kronecker,

    /// <summary>D + L R' with D diagonal or zero and L of fewer columns than rows.</summary>
    LowRankPlusDiagonal,

    /// <summary>Equal to its transpose.</summary>
    Symmetric,

    /// <summary>Nothing is known.</summary>
    Dense,
}
