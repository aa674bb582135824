namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>How many programs were asked and how many of them could be compared with differences.</summary>
internal sealed class Tally
{
    private readonly int[] _asked = new int[4];
    private readonly int[] _compared = new int[4];

    /// <summary>The programs so far.</summary>
    public int Asked => _asked.Sum();

    /// <summary>The programs that were compared at one point at least.</summary>
    public int Compared => _compared.Sum();

    /// <summary>The derivatives of at most two axes that have no text, with their index notation.</summary>
    public List<string> WithoutText { get; } = [];

    /// <summary>Notes a derivative without text.</summary>
    public void Miss(string program)
    {
        lock (_asked) WithoutText.Add(program);
    }

    /// <summary>Counts a program.</summary>
    /// <param name="order">The order of its derivative.</param>
    /// <param name="points">The number of points at which it was compared.</param>
    public void Count(int order, int points)
    {
        lock (_asked)
        {
            _asked[order]++;
            if (points > 0) _compared[order]++;
        }
    }

    /// <summary>The counts by order.</summary>
    public override string ToString() => string.Join(", ", Enumerable.Range(1, 3).Select(o => $"order {o}: {_compared[o]} of {_asked[o]} compared"));
}
