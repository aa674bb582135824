namespace Nabla.Expressions;

/// <summary>What a picture of a function shows.</summary>
public sealed record PlotOptions
{
    /// <summary>The ranges, low and high, of the variables; one that is missing holds the path of descent, or reaches from -3 to 3.</summary>
    public IReadOnlyList<(double Low, double High)> Ranges { get; init; } = [];

    /// <summary>Where the tangent touches and the descent starts: one or two numbers; null for neither.</summary>
    public IReadOnlyList<double>? Start { get; init; }

    /// <summary>The multiple of the gradient in a step of descent; null finds it anew in every step by halving.</summary>
    public double? StepSize { get; init; }

    /// <summary>The most steps of descent.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>The width in pixels.</summary>
    public int Width { get; init; } = 640;

    /// <summary>The height in pixels.</summary>
    public int Height { get; init; } = 460;
}
