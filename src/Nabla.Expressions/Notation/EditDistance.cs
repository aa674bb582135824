namespace Nabla.Expressions.Notation;

/// <summary>How far two words are apart, and which of some words was probably meant.</summary>
internal static class EditDistance
{
    private const int Longest = 64;
    private const int Slip = 2;
    private const int Change = 3;

    /// <summary>The distance: 2 for every letter that is inserted, dropped or swapped with its neighbour, 3 for one that is changed.</summary>
    /// <remarks>Damerau (1964). Words beyond 64 letters are compared by their first 64.</remarks>
    public static int Between(string a, string b)
    {
        int m = Math.Min(a.Length, Longest), n = Math.Min(b.Length, Longest);
        var d = new int[m + 1, n + 1];
        for (int i = 0; i <= m; i++) d[i, 0] = Slip * i;
        for (int j = 0; j <= n; j++) d[0, j] = Slip * j;
        for (int i = 1; i <= m; i++)
        {
            for (int j = 1; j <= n; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 1 : Change;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + Slip, d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + Slip);
            }
        }
        return d[m, n] + Slip * Math.Abs(a.Length - m - (b.Length - n));
    }

    /// <summary>The nearest of some words; null when none is near enough to have been meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        string? best = null;
        int least = Math.Clamp(word.Length, 3, 9) + 1;
        foreach (string candidate in words)
        {
            int distance = Between(word, candidate);
            if (distance < least) (best, least) = (candidate, distance);
        }
        return best;
    }
}
