namespace Nabla.Expressions.Compilation;

/// <summary>log det A from the factorisation of A.</summary>
/// <param name="factorisation">The factorisation.</param>
/// <param name="target">The scalar.</param>
internal sealed class LogDeterminantStep(FactorisationStep factorisation, View target) : Step
{
    /// <summary>The factorisation.</summary>
    public FactorisationStep Factorisation => factorisation;

    /// <summary>The scalar.</summary>
    public View Target => target;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [factorisation.Factors.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [target.Storage];

    /// <inheritdoc/>
    public override double Operations => 20.0 * factorisation.Size;

    /// <inheritdoc/>
    public override double Traffic => factorisation.Size;

    /// <inheritdoc/>
    public override string Description => $"log determinant of {factorisation.Size} x {factorisation.Size} from its factors";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new LogDeterminantRunner<T>(workspace, this);
}
