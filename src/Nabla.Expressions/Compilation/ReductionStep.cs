namespace Nabla.Expressions.Compilation;

/// <summary>A chain of element-wise operations whose values are summed over the last axes of the walk, without being stored.</summary>
/// <param name="tape">The operations; the target does not move along the summed axes.</param>
/// <param name="reduced">How many axes, the last ones, are summed.</param>
/// <param name="factor">The factor of the sum.</param>
/// <param name="adds">Whether the sums are added to what the target holds.</param>
internal sealed class ReductionStep(Tape tape, int reduced, double factor, bool adds) : Step
{
    /// <summary>The operations.</summary>
    public Tape Tape => tape;

    /// <summary>How many axes, the last ones, are summed.</summary>
    public int Reduced => reduced;

    /// <summary>The factor of the sum.</summary>
    public double Factor => factor;

    /// <summary>Whether the sums are added to what the target holds.</summary>
    public bool Adds => adds;

    /// <summary>The number of sums.</summary>
    public long Kept => View.Product(tape.Sizes.AsSpan(..^reduced));

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => tape.Reads.Select(r => r.Storage);

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [tape.Target.Storage];

    /// <inheritdoc/>
    public override double Operations => tape.Operations + tape.Count;

    /// <inheritdoc/>
    public override double Traffic => tape.Reads.Sum(r => r.IsScalar ? 0.0 : Math.Min(tape.Count, r.Storage.Count)) + Kept;

    /// <inheritdoc/>
    public override string Description => $"sum over {Text(tape.Sizes[^reduced..])} of {(tape.Code.Length == 0 ? "entries" : string.Join(", ", tape.Code.Select(c => c.Function?.Name ?? c.Operation.ToString().ToLowerInvariant())))}, {Text(tape.Sizes[..^reduced])} times";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new ReductionRunner<T>(workspace, this);
}
