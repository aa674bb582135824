using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>The symmetric product C = factor X' diag(d) X, or C += it: one half is computed and mirrored.</summary>
/// <param name="size">The columns of X.</param>
/// <param name="depth">The rows of X.</param>
/// <param name="x">X and its distances along rows and columns.</param>
/// <param name="weights">The weights d, or null for ones.</param>
/// <param name="c">The storage of C.</param>
/// <param name="offset">Its first place.</param>
/// <param name="row">The distance between its rows.</param>
/// <param name="factor">The factor.</param>
/// <param name="adds">Whether it is added to what C holds.</param>
internal sealed class GramStep(int size, int depth, Read x, View? weights, Storage c, long offset, long row, double factor, bool adds) : Step
{
    /// <summary>The columns of X.</summary>
    public int Size => size;

    /// <summary>The rows of X.</summary>
    public int Depth => depth;

    /// <summary>X and its distances along rows and columns.</summary>
    public Read X => x;

    /// <summary>The weights d, or null for ones.</summary>
    public View? Weights => weights;

    /// <summary>The storage of C.</summary>
    public Storage C => c;

    /// <summary>The first place of C.</summary>
    public long Offset => offset;

    /// <summary>The distance between the rows of C.</summary>
    public long Row => row;

    /// <summary>The factor.</summary>
    public double Factor => factor;

    /// <summary>Whether it is added to what C holds.</summary>
    public bool Adds => adds;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => weights is null ? [x.Storage] : [x.Storage, weights.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [c];

    /// <inheritdoc/>
    public override double Operations => (double)size * (size + 1) * depth + (weights is null ? 0 : (double)size * depth);

    /// <inheritdoc/>
    public override double Traffic => (double)size * depth + (double)size * size;

    /// <inheritdoc/>
    public override string Description => $"symmetric product of {size} x {depth} and {depth} x {size}{(weights is null ? "" : ", weighted")}{(adds ? ", added" : "")}";

    /// <inheritdoc/>
    public override long HeldEntries<T>() => SymmetricProduct<T>.ScratchEntries(size, depth, adds);

    /// <inheritdoc/>
    public override long PackedEntries<T>() => SymmetricProduct<T>.PackedEntries(size, depth);

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new GramRunner<T>(workspace, this);
}
