namespace Nabla.Expressions.Notation;

/// <summary>The kinds of questions that have no answer, as the interfaces name them.</summary>
public enum ErrorCode
{
    /// <summary>The text is not of the notation.</summary>
    Syntax,
    /// <summary>A name is unknown, bound twice or used before it is bound.</summary>
    Name,
    /// <summary>Shapes do not fit.</summary>
    Shape,
    /// <summary>An argument, an index or the number of arguments is of the wrong kind.</summary>
    Kind,
    /// <summary>Several readings fit and none is the smallest change.</summary>
    Ambiguous,
    /// <summary>The question is meaningful and has no rule here.</summary>
    Unsupported,
    /// <summary>A value lies outside the domain.</summary>
    Domain,
    /// <summary>A matrix that must be inverted is singular.</summary>
    Singular,
    /// <summary>The answer would exceed a published limit.</summary>
    Limit,
    /// <summary>The request itself is malformed.</summary>
    Request,
    /// <summary>A defect of the system.</summary>
    Internal,
}
