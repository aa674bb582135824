namespace Nabla.Expressions.Compilation;

/// <summary>A chain of element-wise operations in one pass.</summary>
/// <param name="tape">The operations.</param>
internal sealed class EntrywiseStep(Tape tape) : Step
{
    /// <summary>The operations.</summary>
    public Tape Tape => tape;

    /// <summary>The result whose values must be finite; null where they may be anything.</summary>
    public string? MustBeFinite { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => tape.Reads.Select(r => r.Storage);

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [tape.Target.Storage];

    /// <inheritdoc/>
    public override double Operations => tape.Operations;

    /// <inheritdoc/>
    public override double Traffic => tape.Reads.Sum(r => r.IsScalar ? 0.0 : Math.Min(tape.Count, r.Storage.Count)) + tape.Count;

    /// <inheritdoc/>
    public override string Description => $"{(tape.Code.Length == 0 ? "copy" : string.Join(", ", tape.Code.Select(c => c.Function?.Name ?? c.Operation.ToString().ToLowerInvariant())))} of {Text(tape.Sizes)} entries in one pass";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new EntrywiseRunner<T>(workspace, this);
}
