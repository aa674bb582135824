namespace Nabla.Expressions.Notation;

/// <summary>What a value is, apart from its sizes: a dimension of 1 does not make a vector, nor a 1 x 1 matrix a scalar.</summary>
public enum Kind
{
    /// <summary>A number.</summary>
    Scalar,
    /// <summary>A column vector.</summary>
    Column,
    /// <summary>A row vector: the transpose of a column.</summary>
    Row,
    /// <summary>A matrix.</summary>
    Matrix,
}
