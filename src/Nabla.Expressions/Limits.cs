namespace Nabla.Expressions;

/// <summary>The published limits: beyond them an answer is refused with the code <c>limit</c>, not attempted.</summary>
public static class Limits
{
    /// <summary>The most characters of a program.</summary>
    public const int InputCharacters = 1_000_000;

    /// <summary>The deepest nesting of brackets, calls, powers and signs.</summary>
    public const int Nesting = 20_000;

    /// <summary>The most entries of a value.</summary>
    public const long Entries = 50_000_000;

    /// <summary>The highest order of a tensor: the axes of the function and of the variables together.</summary>
    public const int TensorOrder = 8;

    /// <summary>The most nodes of the core that one question may build.</summary>
    public const int Nodes = 2_000_000;

    /// <summary>The most characters of a written result.</summary>
    public const int OutputCharacters = 4_000_000;

    /// <summary>The seconds that one request of a batch may take, unless the caller says otherwise.</summary>
    public const double Seconds = 5;
}
