using System.Numerics;

namespace Nabla.Numerics;

/// <summary>What an iterative solver found, and how far it came.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="X">The last iterate.</param>
/// <param name="Iterations">The number of steps taken.</param>
/// <param name="RelativeResidual">The Euclidean norm of what is left over, relative to that of the right side: of b - A x for conjugate gradients, of the gradient A'(b - A x) relative to |A||r| or of b - A x for LSQR, whichever is smaller.</param>
/// <param name="Converged">Whether the tolerance was reached before the cap.</param>
public sealed record IterativeSolution<T>(NDArray<T> X, int Iterations, T RelativeResidual, bool Converged)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
