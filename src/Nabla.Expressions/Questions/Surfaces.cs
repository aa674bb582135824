using Nabla.Expressions.Explanation.Surfaces;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>Answers questions for the shape of a scalar function: stationary points, slopes, pictures.</summary>
public static class Surfaces
{
    /// <summary>What a point is to a function: the gradient, the eigenvalues of the Hessian, the verdict with its reason.</summary>
    /// <param name="request">The function, with values for all variables.</param>
    /// <remarks>
    /// The gradient counts as zero up to 1e-10 of the size of the Hessian times that of the point: as what a point given to some ten digits leaves. An eigenvalue counts as zero below 1e-9 of the largest.
    /// A positive definite Hessian is a strict local minimum (Taylor); a semidefinite one decides only where it is the same everywhere.
    /// </remarks>
    /// <exception cref="NablaException">The function is no scalar, a value is missing, or a derivative does not exist at the point.</exception>
    public static StationaryPoint Classify(SurfaceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Classification.Of(request);
    }

    /// <summary>Difference quotients that approach the slope at a point.</summary>
    /// <param name="request">The function, with values for all variables.</param>
    /// <param name="direction">The direction, of as many entries as the variable; null for a scalar variable.</param>
    /// <exception cref="NablaException">The function is no scalar, a value or the direction is missing or of another size, or the derivative does not exist at the point.</exception>
    public static SlopeTable Slope(SurfaceRequest request, IReadOnlyList<double>? direction = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Slopes.Of(request, direction);
    }

    /// <summary>The picture of a function of one or two variables: a vector of two entries, or scalars.</summary>
    /// <param name="request">The function, with values for all other variables.</param>
    /// <param name="options">What is shown.</param>
    /// <exception cref="NablaException">The function is no scalar, has too many variables without values, or an option does not fit.</exception>
    public static FunctionPlot Plot(SurfaceRequest request, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        return Plots.Of(request, options);
    }
}
