using System.Globalization;
using System.Net;
using System.Text;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Jacobians;

/// <summary>Draws the tensor and the Jacobian of a derivative beside each other, as characters and in SVG.</summary>
internal sealed class JacobianDrawing
{
    /// <summary>The most entries that can be seen.</summary>
    public const int MostEntries = 400;

    private const double Cell = 46, CellHeight = 22, Gap = 8, Label = 46, Head = 58;

    private readonly int _m, _n, _p, _q;
    private readonly double[] _entries;
    private readonly string _f, _x;

    private JacobianDrawing(string f, string x, int m, int n, int p, int q, double[] entries) => (_f, _x, _m, _n, _p, _q, _entries) = (f, x, m, n, p, q, entries);

    /// <summary>The picture.</summary>
    /// <exception cref="NablaException">The question has no answer, or is too large.</exception>
    public static JacobianPicture Of(DerivativeRequest request)
    {
        if (request.Order != 1) throw new NablaException(ErrorCode.Request, $"The picture is that of a first derivative, but the order is {request.Order}.");
        var general = Questions.Derivative(request with { Explain = null });
        var values = SmallValues.Of(general.Variables, request.At);
        var answer = Questions.Derivative(request with { At = values, Explain = null, Check = false });
        var variable = answer.Variables.First(v => v.Name == (request.Wrt ?? general.Variables[0].Name));
        var value = answer.Function.Value!;
        var x = values[variable.Name];
        var (p, q) = variable.Shape.Kind == Kind.Row ? (1, x.Count) : (x.Order == 0 ? 1 : x.Shape[0], x.Order < 2 ? 1 : x.Shape[1]);
        double[] entries = answer.Derivative.Value!.ToArray();
        if (entries.Length > MostEntries) throw new NablaException(ErrorCode.Limit, $"A picture shows at most {MostEntries} entries, but the derivative has {entries.Length}: give smaller values.");
        var drawing = new JacobianDrawing(variable.Name == "F" ? "G" : "F", variable.Name, value.Rows, value.Columns, p, (int)q, entries);
        return drawing.Picture(values);
    }

    /// <summary>The error of a value that is too large to be seen.</summary>
    public static NablaException TooLarge(string name, int m, int n) => new(ErrorCode.Limit, $"A picture shows at most {MostEntries} entries, but {name} is {m} x {n}: give smaller values.");

    /// <summary>A value as a literal of the notation, to four digits.</summary>
    public static string Literal(NDArray<double> value)
    {
        double[] entries = value.ToArray();
        int columns = value.Order == 2 ? value.Shape[1] : 1;
        return value.Order == 0 ? Number(entries[0]) : $"[{string.Join("; ", entries.Chunk(columns).Select(row => string.Join(", ", row.Select(Number))))}]";
    }

    private JacobianPicture Picture(IReadOnlyDictionary<string, NDArray<double>> values)
    {
        var jacobian = NDArray<double>.Zeros(_m * _n, _p * _q);
        for (int row = 0; row < _m * _n; row++)
            for (int column = 0; column < _p * _q; column++) jacobian[row, column] = Entry(row % _m, row / _m, column % _p, column / _p);
        string isomorphism = $"R^({_m} x {_n} x {_p} x {_q}) and R^({_m * _n} x {_p * _q}) are isomorphic: d{_f}[i,j]/d{_x}[k,l] stands in row i + {_m}*(j - 1) and column k + {_p}*(l - 1) of the Jacobian of vec({_f}) by vec({_x}), where vec stacks columns. " +
            "A block of the tensor is a row of the Jacobian, folded; the numbers are the same.";
        return new(NDArray<double>.FromSpan(_entries, _m, _n, _p, _q), jacobian, isomorphism, values, Text(), Svg());
    }

    private double Entry(int i, int j, int k, int l) => _entries[((i * _n + j) * _p + k) * _q + l];

    private static string Number(double x) => x == 0 ? "0" : x.ToString(Math.Abs(x) is >= 1e-3 and < 1e5 ? "G4" : "0.0e0", CultureInfo.InvariantCulture);

    private static string Index(string name, int i, int j) => $"{name}[{i + 1},{j + 1}]";

    private string Text()
    {
        int width = Math.Max(_entries.Max(x => Number(x).Length), 1);
        var left = new List<string> { $"d{_f}[i,j]/d{_x}[k,l], {_m} x {_n} blocks of {_p} x {_q}", "" };
        string rule = "+" + string.Concat(Enumerable.Repeat(new string('-', _q * (width + 1) + 1) + "+", _n));
        left.Add(rule);
        for (int i = 0; i < _m; i++)
        {
            for (int k = 0; k < _p; k++)
                left.Add("|" + string.Concat(Enumerable.Range(0, _n).Select(j => " " + string.Concat(Enumerable.Range(0, _q).Select(l => Number(Entry(i, j, k, l)).PadLeft(width) + " ")) + "|")));
            left.Add(rule);
        }
        var (rows, columns) = (_m * _n, _p * _q);
        string[] heads = [.. Enumerable.Range(0, columns).Select(c => Index(_x, c % _p, c / _p))], names = [.. Enumerable.Range(0, rows).Select(r => Index(_f, r % _m, r / _m))];
        int cell = Math.Max(width, heads.Max(h => h.Length)), label = names.Max(n => n.Length);
        var right = new List<string> { $"d vec({_f})/d vec({_x})', {rows} x {columns}", "", new string(' ', label + 2) + string.Concat(heads.Select(h => " " + h.PadLeft(cell))) };
        for (int r = 0; r < rows; r++)
            right.Add($"{names[r].PadLeft(label)} |" + string.Concat(Enumerable.Range(0, columns).Select(c => " " + Number(Entry(r % _m, r / _m, c % _p, c / _p)).PadLeft(cell))));
        int across = left.Max(s => s.Length) + 4, height = Math.Max(left.Count, right.Count);
        var text = new StringBuilder();
        for (int i = 0; i < height; i++) text.Append(((i < left.Count ? left[i] : "").PadRight(across) + (i < right.Count ? right[i] : "")).TrimEnd()).Append('\n');
        return text.ToString();
    }

    private string Svg()
    {
        var inside = new StringBuilder();
        double largest = Math.Max(_entries.Max(Math.Abs), double.Epsilon);
        // One entry of F is marked in both pictures.
        var (mi, mj) = (Math.Min(1, _m - 1), 0);
        double blockWidth = _q * Cell, blockHeight = _p * CellHeight;
        double left = 12 + Label, tensorWidth = _n * (blockWidth + Gap) - Gap, tensorHeight = _m * (blockHeight + Gap) - Gap;
        double start = left + tensorWidth + 56 + Label, jacobianWidth = _p * _q * Cell, jacobianHeight = _m * _n * CellHeight;
        Words(inside, 12, 20, $"∂{_f}[i,j]/∂{_x}[k,l]:  {_m} × {_n} × {_p} × {_q}", "start", true);
        Words(inside, start - Label, 20, $"∂vec({_f})/∂vec({_x})ᵀ:  {_m * _n} × {_p * _q}", "start", true);
        for (int i = 0; i < _m; i++)
        {
            Words(inside, left - 8, Head + i * (blockHeight + Gap) + blockHeight / 2 + 4, $"i = {i + 1}", "end");
            for (int j = 0; j < _n; j++)
            {
                if (i == 0) Words(inside, left + j * (blockWidth + Gap) + blockWidth / 2, Head - 10, $"j = {j + 1}", "middle");
                double x0 = left + j * (blockWidth + Gap), y0 = Head + i * (blockHeight + Gap);
                for (int k = 0; k < _p; k++)
                    for (int l = 0; l < _q; l++) Square(inside, x0 + l * Cell, y0 + k * CellHeight, i, j, k, l, largest);
                Frame(inside, x0, y0, blockWidth, blockHeight, (i, j) == (mi, mj));
            }
        }
        Words(inside, left + tensorWidth + 28, Head + Math.Min(tensorHeight, jacobianHeight) / 2 + 6, "≅", "middle", true);
        for (int row = 0; row < _m * _n; row++)
        {
            var (i, j) = (row % _m, row / _m);
            Words(inside, start - 6, Head + row * CellHeight + 15, Index(_f, i, j), "end");
            for (int column = 0; column < _p * _q; column++)
            {
                if (row == 0) Words(inside, start + (column + 0.5) * Cell, Head - 10, Index(_x, column % _p, column / _p), "middle");
                Square(inside, start + column * Cell, Head + row * CellHeight, i, j, column % _p, column / _p, largest);
            }
            if ((i, j) == (mi, mj)) Frame(inside, start, Head + row * CellHeight, jacobianWidth, CellHeight, true);
        }
        Frame(inside, start, Head, jacobianWidth, jacobianHeight, false);
        double width = start + jacobianWidth + 12, height = Head + Math.Max(tensorHeight, jacobianHeight) + 34;
        Words(inside, 12, height - 10, $"The block of {Index(_f, mi, mj)} and its row are marked: the row is the block, its columns one after the other.", "start");
        width = Math.Max(width, 12 + 6.3 * 96);
        string title = WebUtility.HtmlEncode($"The derivative of {_f} by {_x} as {_m} x {_n} blocks of {_p} x {_q}, and as a {_m * _n} x {_p * _q} Jacobian");
        return string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nabla-jacobian\" viewBox=\"0 0 {Size(width)} {Size(height)}\" width=\"{Size(width)}\" height=\"{Size(height)}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">\n<title>{title}</title>\n{inside}</svg>\n");
    }

    private void Square(StringBuilder svg, double x, double y, int i, int j, int k, int l, double largest)
    {
        double value = Entry(i, j, k, l);
        string fill = value < 0 ? "#d07828" : "#1f6fb4";
        double opacity = 0.55 * Math.Abs(value) / largest;
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"cell\"><title>{WebUtility.HtmlEncode($"∂{Index(_f, i, j)}/∂{Index(_x, k, l)} = {Number(value)}")}</title><rect x=\"{Size(x)}\" y=\"{Size(y)}\" width=\"{Size(Cell)}\" height=\"{Size(CellHeight)}\" fill=\"{fill}\" fill-opacity=\"{Size(opacity)}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Size(x + Cell / 2)}\" y=\"{Size(y + 15)}\" text-anchor=\"middle\"{(value == 0 ? " fill-opacity=\"0.4\"" : "")}>{Number(value).Replace('-', '−')}</text></g>\n");
    }

    private static void Frame(StringBuilder svg, double x, double y, double width, double height, bool isMarked) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect{(isMarked ? " class=\"marked\"" : "")} x=\"{Size(x)}\" y=\"{Size(y)}\" width=\"{Size(width)}\" height=\"{Size(height)}\" fill=\"none\" stroke=\"{(isMarked ? "#d03020" : "currentColor")}\" stroke-width=\"{(isMarked ? "2.5" : "1.2")}\"/>\n");

    private static void Words(StringBuilder svg, double x, double y, string text, string anchor, bool isLarge = false) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Size(x)}\" y=\"{Size(y)}\" text-anchor=\"{anchor}\"{(isLarge ? " font-size=\"15\"" : "")}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Size(double x) => Surfaces.Canvas.Number(x);
}
