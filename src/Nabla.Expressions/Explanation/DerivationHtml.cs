using System.Net;
using System.Text;
using Nabla.Expressions.Explanation.Computations;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>Writes a derivation or a computation as HTML with MathML, shapes under the factors; a browser needs nothing else to show it.</summary>
public static class DerivationHtml
{
    private const int DeepestMargin = 6;

    private const string Style = """
        body { font-family: "STIX Two Text", "Latin Modern Roman", serif; max-width: 60em; margin: 2em auto; line-height: 1.5; color: #1a1a1a; background: #fdfdfb; }
        math { font-family: "STIX Two Math", "Latin Modern Math", math; }
        h2 { font-size: 1.1em; margin: 1.6em 0 0.3em; border-bottom: 1px solid #ccc; }
        .line { display: flex; margin: 0.5em 0; }
        .line .shape { margin-left: auto; color: #666; }
        .words { color: #333; margin: 0.2em 0; }
        .depth-1 { margin-left: 1.5em; } .depth-2 { margin-left: 3em; } .depth-3 { margin-left: 4.5em; } .depth-4 { margin-left: 6em; } .depth-5 { margin-left: 7.5em; } .depth-6 { margin-left: 9em; }
        mtd.right { text-align: right; } mtd.divided { border-left: 1px solid; }
        """;

    /// <summary>The body of the page of a derivation.</summary>
    public static string Write(Derivation derivation, DerivationLevel level)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        return Write(new Outline(derivation, level).Blocks());
    }

    /// <summary>The body of the page of a computation.</summary>
    public static string Write(Computation computation, DerivationLevel level)
    {
        ArgumentNullException.ThrowIfNull(computation);
        return Write(new ComputationOutline(computation, level).Blocks());
    }

    private static string Write(IReadOnlyList<OutlineBlock> blocks)
    {
        var html = new StringBuilder();
        foreach (var block in blocks)
        {
            string depth = $" depth-{Math.Min(block.Depth, DeepestMargin)}";
            switch (block.Kind)
            {
                case OutlineKind.Heading:
                    html.Append("<h2>").Append(WebUtility.HtmlEncode(block.Pieces[0].Text)).Append("</h2>\n");
                    break;
                case OutlineKind.Sentence:
                    html.Append("<p class=\"words").Append(depth).Append("\">").Append(WebUtility.HtmlEncode(Arrows(block.Pieces[0].Text))).Append("</p>\n");
                    break;
                default:
                    Line(html, depth, block.Pieces);
                    break;
            }
        }
        return html.ToString();
    }

    /// <summary>A whole page with a derivation.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="derivation">The derivation.</param>
    /// <param name="level">How much is told.</param>
    /// <param name="picture">The derivative with numbers, as tensor and as Jacobian; null for none.</param>
    public static string WritePage(string title, Derivation derivation, DerivationLevel level, JacobianPicture? picture = null) => Page(title, Write(derivation, level)
        + (picture is null ? "" : $"<h2>With numbers</h2>\n<p class=\"words\">{WebUtility.HtmlEncode(picture.Example)}</p>\n{picture.Svg}<p class=\"words\">{WebUtility.HtmlEncode(picture.Isomorphism)}</p>\n"));

    /// <summary>A whole page with a computation.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="computation">The computation.</param>
    /// <param name="level">How much is told.</param>
    public static string WritePage(string title, Computation computation, DerivationLevel level) => Page(title, Write(computation, level));

    private static string Page(string title, string body)
    {
        string encoded = WebUtility.HtmlEncode(title);
        return $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{encoded}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{encoded}</h1>\n{body}</body>\n</html>\n";
    }

    /// <summary>A formula of a derivation by itself: index notation too.</summary>
    /// <param name="text">The formula.</param>
    public static string WriteFormula(string text) => $"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">{Formula(text)}</math>";

    private static void Line(StringBuilder html, string depth, IReadOnlyList<OutlinePiece> pieces)
    {
        html.Append("<div class=\"line").Append(depth).Append("\"><math>");
        foreach (var piece in pieces.Where(p => p.Kind != OutlinePieceKind.Shape))
        {
            string written = Piece(piece);
            html.Append(piece.Shape.Length > 0 ? $"<munder><mrow>{written}</mrow><mtext mathsize=\"80%\">{Shape(piece.Shape)}</mtext></munder>" : written);
        }
        html.Append("</math>");
        if (pieces.FirstOrDefault(p => p.Kind == OutlinePieceKind.Shape) is { } shape) html.Append("<span class=\"shape\">").Append(Shape(shape.Text)).Append("</span>");
        html.Append("</div>\n");
    }

    private static string Piece(OutlinePiece piece) => piece.Kind switch
    {
        // Blanks at the ends of an mtext collapse.
        OutlinePieceKind.Words => $"<mtext>{WebUtility.HtmlEncode(piece.Text.Replace(' ', '\u00A0'))}</mtext>",
        OutlinePieceKind.Partial => $"<mfrac><mrow><mo>∂</mo>{Formula(piece.Text)}</mrow><mrow><mo>∂</mo>{Formula(piece.Other)}</mrow></mfrac>",
        OutlinePieceKind.Equals => "<mo>=</mo>",
        OutlinePieceKind.Times => "<mo>·</mo>",
        OutlinePieceKind.Plus => "<mo>+</mo>",
        OutlinePieceKind.Matrix => Matrix(MatrixCells.Of(piece)),
        _ => Formula(piece.Text),
    };

    private static string Matrix(MatrixCells matrix)
    {
        string Cell(string text, int j) => $"<mtd class=\"right{(j > 0 && j == matrix.Divider ? " divided" : "")}\">{Formula(text)}</mtd>";
        return $"<mrow><mo>[</mo><mtable>{string.Concat(matrix.Rows.Select(r => $"<mtr>{string.Concat(r.Select(Cell))}</mtr>"))}</mtable><mo>]</mo></mrow>";
    }

    private static string Formula(string text) =>
        TypesetFormula.Write(text, p => Inner(MathmlWriter.Write(p)), "<mo>=</mo>") ?? $"<mtext>{WebUtility.HtmlEncode(text)}</mtext>";

    // A formula within a line is a row of its own, not a page's.
    private static string Inner(string math)
    {
        int open = math.IndexOf('>', StringComparison.Ordinal), close = math.LastIndexOf("</math>", StringComparison.Ordinal);
        return math.StartsWith("<math", StringComparison.Ordinal) && close > open ? $"<mrow>{math[(open + 1)..close]}</mrow>" : math;
    }

    // Row operations: R1 <-> R2, R2 <- R2 - R1.
    private static string Arrows(string text) => text.Replace("<->", "↔", StringComparison.Ordinal).Replace("<-", "←", StringComparison.Ordinal);

    private static string Shape(string text) => WebUtility.HtmlEncode(string.Join(" × ", text.Split(" x ")));
}
