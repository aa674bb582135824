using System.Globalization;

namespace Nabla.Expressions.Explanation;

/// <summary>The entries of a matrix in a told computation, with the line of an augmented matrix.</summary>
/// <param name="Rows">The entries as texts.</param>
/// <param name="Divider">How many columns stand left of the line; 0 for none.</param>
internal sealed record MatrixCells(IReadOnlyList<IReadOnlyList<string>> Rows, int Divider)
{
    /// <summary>The matrix of a piece.</summary>
    public static MatrixCells Of(OutlinePiece piece) =>
        new([.. piece.Text[1..^1].Split("; ").Select(r => r.Split(", "))], piece.Other.Length > 0 ? int.Parse(piece.Other, CultureInfo.InvariantCulture) : 0);

    /// <summary>Lines of text with aligned columns in brackets.</summary>
    public string[] Lines()
    {
        int[] widths = [.. Enumerable.Range(0, Rows[0].Count).Select(j => Rows.Max(r => r[j].Length))];
        return [.. Rows.Select(r => $"[ {string.Join("  ", r.Select((cell, j) => $"{(j > 0 && j == Divider ? "|  " : "")}{cell.PadLeft(widths[j])}"))} ]")];
    }
}
