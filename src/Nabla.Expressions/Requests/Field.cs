namespace Nabla.Expressions.Requests;

/// <summary>The fields of a request.</summary>
internal enum Field
{
    /// <summary>Any JSON value; the answer bears it too.</summary>
    Id,
    /// <summary>What is asked.</summary>
    Op,
    /// <summary>The program.</summary>
    Expression,
    /// <summary>Declarations.</summary>
    Declare,
    /// <summary>The variable.</summary>
    Wrt,
    /// <summary>The order of the derivative.</summary>
    Order,
    /// <summary>Values by name.</summary>
    At,
    /// <summary>The layout of the notation.</summary>
    Layout,
    /// <summary>The written forms that the answer has.</summary>
    Formats,
    /// <summary>Whether the answer has the derivation.</summary>
    Steps,
    /// <summary>How the derivation is told.</summary>
    View,
    /// <summary>How much of the derivation is told as HTML.</summary>
    Level,
    /// <summary>Whether the derivative is proved.</summary>
    Check,
    /// <summary>The derivative that the caller takes for right.</summary>
    Claim,
    /// <summary>The ranges that a picture shows, a pair for each variable.</summary>
    Ranges,
    /// <summary>Where the tangent touches and gradient descent starts.</summary>
    Start,
    /// <summary>The multiple of the gradient in a step of descent.</summary>
    Rate,
    /// <summary>The most steps of descent.</summary>
    Iterations,
    /// <summary>The width of a picture in pixels.</summary>
    Width,
    /// <summary>The height of a picture in pixels.</summary>
    Height,
}
