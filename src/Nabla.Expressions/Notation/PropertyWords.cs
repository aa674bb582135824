namespace Nabla.Expressions.Notation;

/// <summary>The words for properties.</summary>
internal static class PropertyWords
{
    private static readonly (string Words, Properties Property)[] s_words =
    [
        ("symmetric", Properties.Symmetric), ("positive definite", Properties.PositiveDefinite), ("diagonal", Properties.Diagonal),
        ("lower triangular", Properties.LowerTriangular), ("upper triangular", Properties.UpperTriangular), ("orthogonal", Properties.Orthogonal),
        ("positive", Properties.Positive), ("nonnegative", Properties.Nonnegative),
    ];

    /// <summary>All properties, for messages.</summary>
    public static string List { get; } = string.Join(", ", s_words.Select(w => w.Words));

    /// <summary>The property of the words; none if there is none.</summary>
    public static Properties Find(string words) => Array.Find(s_words, w => w.Words == words).Property;

    /// <summary>The words for one property.</summary>
    public static string Of(Properties property) => Array.Find(s_words, w => w.Property == property).Words;

    /// <summary>The words for all properties that are set; those that another one implies are left out.</summary>
    public static IEnumerable<string> All(Properties properties) =>
        s_words.Where(w => (properties & w.Property) == w.Property && !s_words.Any(o => o.Property != w.Property && (o.Property & w.Property) == w.Property && (properties & o.Property) == o.Property))
            .Select(w => w.Words);

    /// <summary>The words nearest to what was written.</summary>
    public static string Nearest(string word, string both)
    {
        if (word.ToLowerInvariant() is "spd" or "psd" or "pd" or "posdef" or "definite") return "positive definite";
        if (word.Length >= 3 && Array.Find(s_words, w => w.Words.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Words is { } whole) return whole;
        return s_words.MinBy(w => Math.Min(EditDistance.Between(word, w.Words), EditDistance.Between(both, w.Words))).Words;
    }
}
