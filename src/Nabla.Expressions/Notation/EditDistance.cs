namespace Nabla.Expressions.Notation;

/// <summary>How far two words are apart: the least number of letters to insert, drop, change or swap with their neighbour.</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>The distance; words beyond 64 letters are compared by their first 64.</summary>
    public static int Between(string a, string b)
    {
        int m = Math.Min(a.Length, Longest), n = Math.Min(b.Length, Longest);
        var d = new int[m + 1, n + 1];
        for (int i = 0; i <= m; i++) d[i, 0] = i;
        for (int j = 0; j <= n; j++) d[0, j] = j;
        for (int i = 1; i <= m; i++)
        {
            for (int j = 1; j <= n; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[m, n] + Math.Abs(a.Length - m - (b.Length - n));
    }

    /// <summary>The nearest of some words; null when none is near enough to have been meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        string? best = null;
        int least = Math.Max(1, Math.Min(3, (word.Length + 1) / 3)) + 1;
        foreach (string candidate in words)
        {
            int distance = Between(word, candidate);
            if (string.Equals(word, candidate, StringComparison.OrdinalIgnoreCase)) distance = Math.Min(distance, 1);
            if (distance < least) (best, least) = (candidate, distance);
        }
        return best;
    }
}
