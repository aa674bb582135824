using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A derivative in its written forms.</summary>
public sealed record DerivativeForm
{
    /// <summary>A program of the notation; null where no matrix expression holds the derivative.</summary>
    public string? Text { get; init; }

    /// <summary>The same as LaTeX; null also where that would be too long.</summary>
    public string? Latex { get; init; }

    /// <summary>The same as MathML; null also where that would be too long.</summary>
    public string? Mathml { get; init; }

    /// <summary>One entry in index notation.</summary>
    public string? Index { get; init; }

    /// <summary>M of vec(dF) = M*vec(dX), where more than two axes demand it.</summary>
    public string? Vec { get; init; }

    /// <summary>The linear map dF[H] for a change H of the variable.</summary>
    public string? LinearMap { get; init; }

    /// <summary>The derivative as a function of a language, where it was asked for and the language has words for it.</summary>
    public IReadOnlyDictionary<CodeTarget, string> Code { get; init; } = new Dictionary<CodeTarget, string>();

    /// <summary>The axes: those of the function, then those of the variable, once for every order.</summary>
    public IReadOnlyList<Dimension> Axes { get; init; } = [];

    /// <summary>How many of the axes are the function's.</summary>
    public int FunctionAxes { get; init; }

    /// <summary>How many axes the variable has.</summary>
    public int VariableAxes { get; init; }

    /// <summary>The value, where all values were given.</summary>
    public NDArray<double>? Value { get; init; }
}
