using System.Text;
using Nabla.Expressions.Explanation.Computations;

namespace Nabla.Expressions.Explanation;

/// <summary>Writes a derivation or a computation as plain text, shapes under the factors of the chain rule and beside the lines.</summary>
public static class DerivationText
{
    private const int ShapeColumn = 56;

    /// <summary>The text of a derivation.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="level">How much is told.</param>
    /// <param name="picture">The derivative with numbers, as tensor and as Jacobian; null for none.</param>
    public static string Write(Derivation derivation, DerivationLevel level, JacobianPicture? picture = null)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        string text = Write(new Outline(derivation, level).Blocks());
        if (picture is null) return text;
        string[] lines = [.. picture.Text.TrimEnd('\n').Split('\n').Select(l => l.Length > 0 ? "  " + l : "")];
        return $"{text}\nWith numbers\n  {picture.Example}\n\n{string.Join('\n', lines)}\n\n  {picture.Isomorphism}\n";
    }

    /// <summary>The text of a computation.</summary>
    public static string Write(Computation computation, DerivationLevel level)
    {
        ArgumentNullException.ThrowIfNull(computation);
        return Write(new ComputationOutline(computation, level).Blocks());
    }

    private static string Write(IReadOnlyList<OutlineBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            string indent = new(' ', 2 * (block.Depth + 1));
            switch (block.Kind)
            {
                case OutlineKind.Heading:
                    if (text.Length > 0) text.Append('\n');
                    text.Append(block.Pieces[0].Text).Append('\n');
                    break;
                case OutlineKind.Sentence:
                    text.Append(indent).Append(block.Pieces[0].Text).Append('\n');
                    break;
                case OutlineKind.Formula when block.Pieces.Any(p => p.Kind == OutlinePieceKind.Matrix):
                    Matrices(text, indent, block.Pieces);
                    break;
                default:
                    Line(text, indent, block.Pieces);
                    break;
            }
        }
        return text.ToString();
    }

    private static void Line(StringBuilder text, string indent, IReadOnlyList<OutlinePiece> pieces)
    {
        var (line, under) = (new StringBuilder(indent), new StringBuilder());
        foreach (var piece in pieces)
        {
            if (piece.Kind == OutlinePieceKind.Shape)
            {
                line.Append(' ', Math.Max(3, ShapeColumn - line.Length)).Append(piece.Text);
                continue;
            }
            string written = piece.Kind switch
            {
                OutlinePieceKind.Partial => $"d{piece.Text}/d{piece.Other}",
                OutlinePieceKind.Equals => line.Length == indent.Length ? "      = " : " = ",
                OutlinePieceKind.Times => " * ",
                OutlinePieceKind.Plus => " + ",
                _ => piece.Text,
            };
            if (piece.Shape.Length > 0)
            {
                under.Append(' ', line.Length - under.Length).Append(piece.Shape);
                line.Append(written).Append(' ', Math.Max(0, piece.Shape.Length - written.Length));
            }
            else line.Append(written);
        }
        text.Append(line.ToString().TrimEnd()).Append('\n');
        if (under.Length > 0) text.Append(under).Append('\n');
    }

    // Pieces of several lines, each in the middle of the height.
    private static void Matrices(StringBuilder text, string indent, IReadOnlyList<OutlinePiece> pieces)
    {
        string[][] columns = [.. pieces.Select(p => p.Kind switch
        {
            OutlinePieceKind.Matrix => MatrixCells.Of(p).Lines(),
            OutlinePieceKind.Equals => [" = "],
            _ => [p.Text],
        })];
        int height = columns.Max(c => c.Length);
        for (int i = 0; i < height; i++)
        {
            var line = new StringBuilder(indent);
            foreach (string[] column in columns)
            {
                int at = i - (height - column.Length) / 2;
                line.Append((at >= 0 && at < column.Length ? column[at] : "").PadRight(column[0].Length));
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }
}
