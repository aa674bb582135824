namespace Nabla.Numerics;

/// <summary>Special forms of matrices, by name.</summary>
[Flags]
public enum MatrixForms
{
    /// <summary>No special form.</summary>
    None = 0,

    /// <summary>All entries are zero.</summary>
    Zero = 1,

    /// <summary>Square, with ones on the main diagonal and zeros elsewhere.</summary>
    Identity = 2,

    /// <summary>Zeros off the main diagonal.</summary>
    Diagonal = 4,

    /// <summary>Zeros above the main diagonal.</summary>
    LowerTriangular = 8,

    /// <summary>Zeros below the main diagonal.</summary>
    UpperTriangular = 16,

    /// <summary>Equal to the transpose.</summary>
    Symmetric = 32,

    /// <summary>Square, with orthonormal columns.</summary>
    Orthogonal = 64,

    /// <summary>Symmetric, with positive eigenvalues.</summary>
    PositiveDefinite = 128,

    /// <summary>Exactly one 1 in every row and column, zeros elsewhere.</summary>
    Permutation = 256,

    /// <summary>Constant along every diagonal.</summary>
    Toeplitz = 512,

    /// <summary>Every row holds the powers of one number.</summary>
    Vandermonde = 1024,

    /// <summary>Entry (i, j), counted from 1, is 1 / (i + j - 1).</summary>
    Hilbert = 2048,
}
