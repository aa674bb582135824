namespace Nabla.Expressions.Explanation;

/// <summary>The kinds of blocks of a told derivation.</summary>
internal enum OutlineKind
{
    /// <summary>A heading.</summary>
    Heading,
    /// <summary>A sentence.</summary>
    Sentence,
    /// <summary>A line of formulas.</summary>
    Formula,
}
