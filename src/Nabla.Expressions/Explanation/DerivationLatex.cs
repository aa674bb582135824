using System.Text;
using Nabla.Expressions.Explanation.Computations;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>Writes a derivation or a computation as LaTeX: text with displayed formulas, shapes under the factors.</summary>
public static class DerivationLatex
{
    /// <summary>The text of a derivation.</summary>
    public static string Write(Derivation derivation, DerivationLevel level)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        return Write(new Outline(derivation, level).Blocks());
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
            switch (block.Kind)
            {
                case OutlineKind.Heading:
                    text.Append("\\paragraph{").Append(Words(block.Pieces[0].Text)).Append("}\n");
                    break;
                case OutlineKind.Sentence:
                    text.Append(Words(block.Pieces[0].Text)).Append("\n\n");
                    break;
                default:
                    text.Append("\\[ ").AppendJoin(' ', block.Pieces.Select(Piece)).Append(" \\]\n");
                    break;
            }
        return text.ToString();
    }

    private static string Piece(OutlinePiece piece)
    {
        string written = piece.Kind switch
        {
            OutlinePieceKind.Words => $"\\text{{{Words(piece.Text)}}}",
            OutlinePieceKind.Partial => $"\\frac{{\\partial {Formula(piece.Text)}}}{{\\partial {Formula(piece.Other)}}}",
            OutlinePieceKind.Equals => "=",
            OutlinePieceKind.Times => "\\cdot",
            OutlinePieceKind.Plus => "+",
            OutlinePieceKind.Matrix => Matrix(MatrixCells.Of(piece)),
            OutlinePieceKind.Shape => $"\\qquad {Shape(piece.Text)}",
            _ => Formula(piece.Text),
        };
        return piece.Shape.Length > 0 ? $"\\underbrace{{{written}}}_{{{Shape(piece.Shape)}}}" : written;
    }

    private static string Matrix(MatrixCells matrix)
    {
        int columns = matrix.Rows[0].Count, left = matrix.Divider == 0 ? columns : matrix.Divider;
        string align = new string('r', left) + (left < columns ? "|" + new string('r', columns - left) : "");
        return $"\\left[\\begin{{array}}{{{align}}} {string.Join(@" \\ ", matrix.Rows.Select(r => string.Join(" & ", r.Select(Formula))))} \\end{{array}}\\right]";
    }

    private static string Formula(string text) => TypesetFormula.Write(text, p => LatexWriter.Write(p), " = ") ?? $"\\texttt{{{Words(text)}}}";

    private static string Shape(string text) => string.Join(" \\times ", text.Split(" x "));

    private static string Words(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
            _ = c switch
            {
                '\\' => escaped.Append("\\textbackslash{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '_' or '#' or '%' or '&' or '{' or '}' or '$' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        return escaped.Replace("<->", "$\\leftrightarrow$").Replace("<-", "$\\leftarrow$").Replace("<", "$<$").ToString();
    }
}
