namespace Nabla.Numerics;

/// <summary>Distances of two vectors x and y.</summary>
public enum Metric
{
    /// <summary>The root of the sum of (x - y)².</summary>
    Euclidean,

    /// <summary>The sum of (x - y)².</summary>
    SquaredEuclidean,

    /// <summary>The sum of |x - y|.</summary>
    Manhattan,

    /// <summary>The largest |x - y|.</summary>
    Chebyshev,

    /// <summary>1 - x'y / (|x| |y|): one minus the cosine of the angle between them.</summary>
    Cosine,
}
