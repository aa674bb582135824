using System.Globalization;
using System.Net;
using System.Text;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>A picture in SVG over a window of the plane, with axes; presentation attributes only, so that a page can restyle it by class and a strict content policy lets it through.</summary>
internal sealed class Canvas
{
    private const double Left = 58, Right = 16, Top = 14, Bottom = 40;

    private readonly StringBuilder _inside = new();
    private readonly Window _window;
    private readonly double _width, _height;

    /// <param name="window">The window.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    public Canvas(Window window, double width, double height) => (_window, _width, _height) = (window, width - Left - Right, height - Top - Bottom);

    /// <summary>A number as SVG has it.</summary>
    public static string Number(double x) => Math.Round(x, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Pixels to the right for a unit across.</summary>
    public double ScaleX => _width / (_window.Right - _window.Left);

    /// <summary>Pixels up for a unit upwards.</summary>
    public double ScaleY => _height / (_window.Top - _window.Bottom);

    /// <summary>A line through points; it is broken where a point is not finite.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string kind, string stroke, double width, string dashes = "")
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                isDown = false;
                continue;
            }
            path.Append(isDown ? 'L' : 'M').Append(Number(X(x))).Append(' ').Append(Number(Y(y)));
            isDown = true;
        }
        if (path.Length == 0) return;
        string dash = dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "";
        _inside.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{Number(width)}\"{dash} stroke-linejoin=\"round\"/>\n");
    }

    /// <summary>Segments of one line, as a contour has.</summary>
    public void Segments(IEnumerable<(double X1, double Y1, double X2, double Y2)> segments, string kind, string stroke, double width, string title)
    {
        var path = new StringBuilder();
        foreach (var (x1, y1, x2, y2) in segments) path.Append('M').Append(Number(X(x1))).Append(' ').Append(Number(Y(y1))).Append('L').Append(Number(X(x2))).Append(' ').Append(Number(Y(y2)));
        if (path.Length > 0) _inside.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{Number(width)}\"><title>{WebUtility.HtmlEncode(title)}</title></path>\n");
    }

    /// <summary>An arrow from a point, by pixels.</summary>
    public void Arrow(double x, double y, double dx, double dy, string kind, string stroke)
    {
        double length = Math.Sqrt(dx * dx + dy * dy);
        if (!(length > 0.5)) return;
        var (px, py) = (X(x), Y(y));
        var (qx, qy) = (px + dx, py - dy);
        var (ux, uy) = (dx / length, -dy / length);
        double head = Math.Min(5, length * 0.45);
        _inside.Append(CultureInfo.InvariantCulture,
            $"<path class=\"{kind}\" d=\"M{Number(px)} {Number(py)}L{Number(qx)} {Number(qy)}M{Number(qx - head * (ux + 0.5 * uy))} {Number(qy - head * (uy - 0.5 * ux))}L{Number(qx)} {Number(qy)}L{Number(qx - head * (ux - 0.5 * uy))} {Number(qy - head * (uy + 0.5 * ux))}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"1\"/>\n");
    }

    /// <summary>A dot.</summary>
    public void Dot(double x, double y, double radius, string kind, string fill, string title = "")
    {
        if (!double.IsFinite(x) || !double.IsFinite(y)) return;
        string inside = title.Length > 0 ? $"><title>{WebUtility.HtmlEncode(title)}</title></circle>" : "/>";
        _inside.Append(CultureInfo.InvariantCulture, $"<circle class=\"{kind}\" cx=\"{Number(X(x))}\" cy=\"{Number(Y(y))}\" r=\"{Number(radius)}\" fill=\"{fill}\"{inside}\n");
    }

    /// <summary>The picture.</summary>
    /// <param name="title">What is seen, for those who do not see it.</param>
    /// <param name="across">The name of the horizontal axis.</param>
    /// <param name="upwards">The name of the vertical axis.</param>
    /// <param name="legend">What the colours mean.</param>
    public string Write(string title, string across, string upwards, IReadOnlyList<(string Words, string Colour)> legend)
    {
        double height = _height + Top + Bottom + (legend.Count > 0 ? 20 : 0), width = _width + Left + Right;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nabla-plot\" viewBox=\"0 0 {Number(width)} {Number(height)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">\n<title>{WebUtility.HtmlEncode(title)}</title>\n");
        foreach (double t in Ticks.Of(_window.Left, _window.Right))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Number(Left + X(t))} {Number(Top)}V{Number(Top + _height)}\" stroke=\"currentColor\" stroke-opacity=\"{(t == 0 ? "0.45" : "0.12")}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(Left + X(t))}\" y=\"{Number(Top + _height + 15)}\" text-anchor=\"middle\">{Ticks.Text(t)}</text>\n");
        }
        foreach (double t in Ticks.Of(_window.Bottom, _window.Top))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Number(Left)} {Number(Top + Y(t))}H{Number(Left + _width)}\" stroke=\"currentColor\" stroke-opacity=\"{(t == 0 ? "0.45" : "0.12")}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(Left - 6)}\" y=\"{Number(Top + Y(t) + 4)}\" text-anchor=\"end\">{Ticks.Text(t)}</text>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(Left + _width)}\" y=\"{Number(Top + _height + 32)}\" text-anchor=\"end\" font-style=\"italic\">{WebUtility.HtmlEncode(across)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(Left + 6)}\" y=\"{Number(Top + 12)}\" font-style=\"italic\">{WebUtility.HtmlEncode(upwards)}</text>\n");
        // What stands outside of the window is cut off by a picture within the picture: it needs no name, as a clip path would.
        svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"{Number(Left)}\" y=\"{Number(Top)}\" width=\"{Number(_width)}\" height=\"{Number(_height)}\" overflow=\"hidden\">\n").Append(_inside).Append("</svg>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(Left)}\" y=\"{Number(Top)}\" width=\"{Number(_width)}\" height=\"{Number(_height)}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.4\"/>\n");
        double at = Left;
        foreach (var (words, colour) in legend)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Number(at)} {Number(height - 10)}h18\" stroke=\"{colour}\" stroke-width=\"3\"/><text x=\"{Number(at + 23)}\" y=\"{Number(height - 6)}\">{WebUtility.HtmlEncode(words)}</text>\n");
            at += 40 + 6.6 * words.Length;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private double X(double x) => (Math.Clamp(x, _window.Left - 1e3 * (_window.Right - _window.Left), _window.Right + 1e3 * (_window.Right - _window.Left)) - _window.Left) * ScaleX;

    private double Y(double y) => _height - (Math.Clamp(y, _window.Bottom - 1e3 * (_window.Top - _window.Bottom), _window.Top + 1e3 * (_window.Top - _window.Bottom)) - _window.Bottom) * ScaleY;
}
