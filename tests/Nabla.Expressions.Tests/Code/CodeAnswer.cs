namespace Nabla.Expressions.Tests.Code;

/// <summary>What a call of a function came to: its results, or an error.</summary>
/// <param name="Results">The shape and the entries, row by row, of each result.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
internal sealed record CodeAnswer(IReadOnlyList<(int[] Shape, double[] Entries)> Results, string? Error)
{
    /// <summary>An error.</summary>
    public static CodeAnswer Failed(string error) => new([], error);
}
