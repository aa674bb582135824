namespace Nabla.Numerics;

/// <summary>The norms of a matrix.</summary>
public enum MatrixNorm
{
    /// <summary>The largest absolute column sum.</summary>
    One,

    /// <summary>The largest absolute row sum.</summary>
    Infinity,

    /// <summary>The root of the sum of the squares of all entries.</summary>
    Frobenius,

    /// <summary>The largest singular value.</summary>
    Spectral,

    /// <summary>The sum of the singular values.</summary>
    Nuclear,
}
