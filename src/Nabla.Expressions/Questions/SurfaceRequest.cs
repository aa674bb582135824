using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A question for the shape of a scalar function near a point: its stationary points, its slope, its picture.</summary>
public sealed record SurfaceRequest
{
    /// <summary>The program; its function must be a scalar.</summary>
    public required string Expression { get; init; }

    /// <summary>Declarations beside those in the program.</summary>
    public IReadOnlyList<string> Declare { get; init; } = [];

    /// <summary>
    /// The variable. For a picture also two scalar variables, horizontal then vertical. Empty stands for the only variable, and for a picture for the variables that have no value.
    /// </summary>
    public IReadOnlyList<string> Wrt { get; init; } = [];

    /// <summary>Values, by name: those of the other variables, and the point.</summary>
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();

    /// <summary>The budget.</summary>
    public Work Work { get; init; } = Work.Unlimited;
}
