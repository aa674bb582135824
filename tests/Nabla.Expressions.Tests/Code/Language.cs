namespace Nabla.Expressions.Tests.Code;

/// <summary>A language that generated code is run in.</summary>
internal abstract class Language
{
    /// <summary>What the code is written for.</summary>
    public abstract CodeTarget Target { get; }

    /// <summary>What is not installed here; null where the code can be run.</summary>
    public abstract string? Missing { get; }

    /// <summary>Calls the function of every case.</summary>
    public abstract IReadOnlyList<CodeAnswer> Run(IReadOnlyList<CodeCase> cases);

    /// <summary>The shape that an array of the notation has in the language.</summary>
    public virtual int[] ShapeOf(ReadOnlySpan<int> shape) => shape.ToArray();
}
