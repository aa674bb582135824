using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Requests;

/// <summary>The words of the notation for what is known of a variable.</summary>
internal static class PropertyNames
{
    private static readonly (Properties Property, string Name)[] s_strongestFirst =
    [
        (Properties.PositiveDefinite, "positive definite"),
        (Properties.Diagonal, "diagonal"),
        (Properties.Symmetric, "symmetric"),
        (Properties.LowerTriangular, "lower triangular"),
        (Properties.UpperTriangular, "upper triangular"),
        (Properties.Orthogonal, "orthogonal"),
        (Properties.Positive, "positive"),
        (Properties.Nonnegative, "nonnegative"),
    ];

    /// <summary>The names; a property that follows from a stronger one is not named.</summary>
    public static IEnumerable<string> Of(Properties properties)
    {
        var named = Properties.None;
        foreach (var (property, name) in s_strongestFirst)
        {
            if (!properties.HasFlag(property) || named.HasFlag(property)) continue;
            named |= property;
            yield return name;
        }
    }
}
