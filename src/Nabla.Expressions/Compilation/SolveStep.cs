using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Replaces B by the solution X of A X = B, or A' X = B, with a factorisation of A.</summary>
/// <param name="factorisation">The factorisation of A.</param>
/// <param name="target">B, contiguous, the rows first.</param>
/// <param name="transposed">Whether A' takes the place of A.</param>
internal sealed class SolveStep(FactorisationStep factorisation, View target, bool transposed) : Step
{
    /// <summary>The factorisation of A.</summary>
    public FactorisationStep Factorisation => factorisation;

    /// <summary>B, contiguous, the rows first.</summary>
    public View Target => target;

    /// <summary>Whether A' takes the place of A.</summary>
    public bool IsTransposed => transposed;

    /// <summary>Whether B is the identity, whatever the target holds: the inverse is made.</summary>
    public bool OfIdentity { get; init; }

    /// <summary>The columns of B.</summary>
    public int Columns => (int)(target.Count / Math.Max(1, factorisation.Size));

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [factorisation.Factors.Storage, target.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [target.Storage];

    /// <inheritdoc/>
    public override double Operations => (OfIdentity && factorisation.IsDefinite ? 1.0 : 2.0) * factorisation.Size * factorisation.Size * Columns;

    /// <inheritdoc/>
    public override double Traffic => (double)factorisation.Size * factorisation.Size + 2.0 * target.Count;

    /// <inheritdoc/>
    public override string Description => OfIdentity ? $"inverse of {factorisation.Size} x {factorisation.Size} from its factors" : $"solution of {factorisation.Size} equations for {Columns} right sides";

    // LU copies the right sides twice, the second time into an array of the pool, whose lengths are powers of two.
    /// <inheritdoc/>
    public override long HeldEntries<T>() => factorisation.IsDefinite ? 0 : target.Count + (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)target.Count);

    /// <inheritdoc/>
    public override long PackedEntries<T>() => Gemm.PackedEntries<T>(factorisation.Size / 2, Columns, factorisation.Size / 2);

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new SolveRunner<T>(workspace, this);
}
