using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Stationary points, slopes and pictures of scalar functions.</summary>
public class SurfaceTests
{
    private static NDArray<double> Vector(params ReadOnlySpan<double> x) => NDArray<double>.FromSpan(x, x.Length);

    private static StationaryPoint Classify(string expression, string name, NDArray<double> at, params string[] declare) =>
        Surfaces.Classify(new() { Expression = expression, Declare = declare, At = new Dictionary<string, NDArray<double>> { [name] = at } });

    [Theory]
    [InlineData("(1 - x[1])^2 + 100*(x[2] - x[1]^2)^2", "[1, 1]", StationaryKind.Minimum)]
    [InlineData("(1 - x[1])^2 + 100*(x[2] - x[1]^2)^2", "[1, 1.01]", StationaryKind.NotStationary)]
    [InlineData("x[1]^2 - x[2]^2", "[0, 0]", StationaryKind.Saddle)]
    [InlineData("-x'*x", "[0, 0]", StationaryKind.Maximum)]
    [InlineData("x[1]^2 + x[2]^4", "[0, 0]", StationaryKind.Undecided)]
    [InlineData("x[1]^3 - 3*x[1]*x[2]^2", "[0, 0]", StationaryKind.Undecided)]
    [InlineData("(x[1] + x[2])^2", "[1, -1]", StationaryKind.Minimum)]
    [InlineData("-(x[1] + x[2])^2", "[1, -1]", StationaryKind.Maximum)]
    [InlineData("norm2(x)", "[0, 0]", StationaryKind.Undecided)]
    [InlineData("norm2(x)^2", "[0, 0]", StationaryKind.Minimum)]
    [InlineData("norm1(x)", "[0, 0]", StationaryKind.Undecided)]
    [InlineData("sum(relu(x).^2)", "[0, 0]", StationaryKind.Undecided)]
    [InlineData("cos(x[1]) + cos(x[2])", "[0, 3.141592653589793]", StationaryKind.Saddle)]
    [InlineData("x[1]*x[2]", "[0, 0]", StationaryKind.Saddle)]
    [InlineData("lse(x) - sum(x)/2", "[3, 3]", StationaryKind.Undecided)]
    [InlineData("exp(x'*x)", "[0, 0]", StationaryKind.Minimum)]
    [InlineData("1e-9*(x'*x)", "[0, 0]", StationaryKind.Minimum)]
    [InlineData("1e-9*(x'*x)", "[1, 0]", StationaryKind.NotStationary)]
    [InlineData("sum(x)", "[0, 0]", StationaryKind.NotStationary)]
    [InlineData("0*sum(x)", "[1, 2]", StationaryKind.Undecided)]
    [InlineData("x[1]^2 + 1e-12*x[2]^2", "[0, 0]", StationaryKind.Minimum)]
    public void TheVerdict(string expression, string at, StationaryKind kind)
    {
        double[] x = [.. at.Trim('[', ']').Split(',').Select(e => double.Parse(e, CultureInfo.InvariantCulture))];
        var point = Classify(expression, "x", Vector(x), "x in R^2");
        Assert.Equal(kind, point.Kind);
        Assert.NotEmpty(point.Reason);
    }

    [Fact]
    public void QuadraticFormsAreJudgedByTheirSignature()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 60; trial++)
        {
            int n = random.Next(1, 6);
            int[] signs = [.. Enumerable.Range(0, n).Select(_ => random.Next(0, 4) == 0 ? 0 : random.Next(2) * 2 - 1)];
            // Reflections turn a diagonal matrix of known signs.
            var A = NDArray<double>.Zeros(n, n);
            for (int i = 0; i < n; i++) A[i, i] = signs[i] * (0.5 + random.NextDouble());
            double[] v = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
            var H = NDArray<double>.Identity(n);
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) H[i, j] -= 2 * v[i] * v[j] / v.Sum(e => e * e);
            A = NDArray.MatMul(H, NDArray.MatMul(A, H));
            var x = NDArray<double>.Zeros(n);
            var point = Surfaces.Classify(new() { Expression = "x'*A*x", Wrt = ["x"], At = new Dictionary<string, NDArray<double>> { ["A"] = A, ["x"] = x } });
            var expected = signs.Contains(1) && signs.Contains(-1) ? StationaryKind.Saddle : signs.Contains(1) ? StationaryKind.Minimum : signs.Contains(-1) ? StationaryKind.Maximum : StationaryKind.Undecided;
            Assert.Equal(expected, point.Kind);
        }
    }

    [Fact]
    public void AStructuredMatrixChangesWithinItsStructure()
    {
        var point = Classify("logdet(S) - tr(S)", "S", NDArray<double>.Identity(2), "S in R^(2 x 2) positive definite");
        Assert.Equal(StationaryKind.Maximum, point.Kind);
        Assert.Equal(3, point.Eigenvalues.Count);
        var free = Classify("logdet(S) - tr(S)", "S", NDArray<double>.Identity(2), "S in R^(2 x 2)");
        // Antisymmetric changes raise the determinant: what is a maximum among symmetric matrices is a saddle among all.
        Assert.Equal(StationaryKind.Saddle, free.Kind);
    }

    [Fact]
    public void QuotientsApproachTheSlope()
    {
        static double f(double x) => Math.Sin(x) * Math.Exp(x);
        var table = Surfaces.Slope(new() { Expression = "sin(x)*exp(x)", Declare = ["x in R"], At = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.Scalar(1) } });
        Assert.Equal(Math.E * (Math.Sin(1) + Math.Cos(1)), table.Slope, 12);
        foreach (var q in table.Quotients.Take(6))
        {
            Assert.Equal((f(1 + q.Step) - f(1)) / q.Step, q.Forward!.Value, 1e-9 / q.Step);
            Assert.Equal((f(1 + q.Step) - f(1 - q.Step)) / (2 * q.Step), q.Central!.Value, 1e-9 / q.Step);
        }
        double Error(int k) => table.Quotients[k].Forward!.Value - table.Slope;
        Assert.Equal(10, Error(2) / Error(3), 0.2);
        Assert.Contains("tend to 3.75605", table.Conclusion);
        XDocument.Parse(table.Svg!);
        Assert.Contains("kink", Surfaces.Slope(new() { Expression = "abs(x)", Declare = ["x in R"], At = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.Scalar(0) } }).Conclusion);
        var along = Surfaces.Slope(new() { Expression = "x'*x", At = new Dictionary<string, NDArray<double>> { ["x"] = Vector(1, 2) } }, [3, -1]);
        Assert.Equal(2, along.Slope, 12);
    }

    [Fact]
    public void ContoursLieWhereTheFunctionHasTheirLevel()
    {
        var plot = Surfaces.Plot(new() { Expression = "x[1]^2 + 2*x[2]^2 + x[1]*x[2]", Declare = ["x in R^2"] }, new() { Ranges = [(-2, 2), (-1, 1)] });
        var svg = XDocument.Parse(plot.Svg);
        XNamespace ns = "http://www.w3.org/2000/svg";
        var inner = svg.Root!.Element(ns + "svg")!;
        double width = (double)inner.Attribute("width")!, height = (double)inner.Attribute("height")!;
        var contours = inner.Elements(ns + "path").Where(p => (string?)p.Attribute("class") == "contour").ToArray();
        Assert.True(contours.Length >= 10);
        foreach (var contour in contours)
        {
            double level = double.Parse(contour.Element(ns + "title")!.Value[4..], CultureInfo.InvariantCulture);
            foreach (Match m in Regex.Matches((string)contour.Attribute("d")!, @"[ML](\S+?) ([0-9.-]+)"))
            {
                double x = -2 + 4 * double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) / width, y = 1 - 2 * double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) / height;
                Assert.Equal(level, x * x + 2 * y * y + x * y, 0.005);
            }
        }
    }

    [Fact]
    public void DescentStepsAlongTheGradient()
    {
        var plot = Surfaces.Plot(new() { Expression = "u^2 + 3*v^2 - u*v", Declare = ["u in R", "v in R"], Wrt = ["u", "v"] }, new() { Start = [2, -1], StepSize = 0.1, Steps = 30 });
        Assert.Equal(31, plot.Path.Count);
        for (int k = 0; k < 30; k++)
        {
            double u = plot.Path[k].Entries[0], v = plot.Path[k].Entries[1];
            Assert.Equal(u - 0.1 * (2 * u - v), plot.Path[k + 1].Entries[0], 1e-12);
            Assert.Equal(v - 0.1 * (6 * v - u), plot.Path[k + 1].Entries[1], 1e-12);
            Assert.Equal(u * u + 3 * v * v - u * v, plot.Path[k].Value, 1e-12);
        }
        var found = Surfaces.Plot(new() { Expression = "(x - 3)^2 + cosh(x - 3)", Declare = ["x in R"] }, new() { Start = [0] });
        Assert.Equal(3, found.Path[^1].Entries[0], 1e-6);
        Assert.Contains(found.Notes, n => n.Contains("the gradient is zero to seven digits"));
        var diverging = Surfaces.Plot(new() { Expression = "x^2", Declare = ["x in R"] }, new() { Start = [1], StepSize = 1.5, Steps = 20 });
        Assert.Contains(diverging.Notes, n => n.Contains("too large"));
    }

    [Theory]
    [InlineData("x^2", "x in R")]
    [InlineData("log(x)", "x in R")]
    [InlineData("1/x", "x in R")]
    [InlineData("x'*x", "x in R^2")]
    [InlineData("sum(log(x))", "x in R^2")]
    [InlineData("3", "x in R")]
    [InlineData("abs(u) + v", "u in R; v in R")]
    public void PicturesNeedNoStylesScriptsOrNames(string expression, string declaration)
    {
        string[] wrt = [.. declaration.Split("; ").Select(d => d[..1])];
        var plot = Surfaces.Plot(new() { Expression = expression, Declare = [declaration], Wrt = wrt }, new());
        var svg = XDocument.Parse(plot.Svg);
        Assert.DoesNotContain(svg.Descendants().SelectMany(e => e.Attributes()), a => a.Name.LocalName is "style" or "id" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", plot.Svg);
        Assert.DoesNotContain("Infinity", plot.Svg);
        Assert.Contains(svg.Descendants(), e => (string?)e.Attribute("class") is "curve" or "contour");
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        void Refused(ErrorCode code, Action question) => Assert.Equal(code, Assert.Throws<NablaException>(question).Code);
        SurfaceRequest Of(string expression, params string[] declare) => new() { Expression = expression, Declare = declare };
        Refused(ErrorCode.Kind, () => Surfaces.Plot(Of("sin(x)", "x in R^2"), new()));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x'*x", "x in R^3"), new()));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("tr(X)", "X in R^(2 x 2)"), new()));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("a + b + c", "a in R", "b in R", "c in R"), new()));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x^2", "x in R"), new() { Start = [1, 2] }));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x^2", "x in R"), new() { Start = [1], StepSize = -1 }));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x^2", "x in R"), new() { Ranges = [(2, 1)] }));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x^2", "x in R"), new() { Ranges = [(1, 1.0000000000000002)] }));
        Refused(ErrorCode.Request, () => Surfaces.Plot(Of("x^2", "x in R"), new() { Ranges = [(-1e308, 1e308)] }));
        Assert.StartsWith("<svg", Surfaces.Plot(Of("1e9 + 1e-8*sin(x)", "x in R"), new()).Svg);
        Refused(ErrorCode.Domain, () => Surfaces.Plot(Of("log(x)", "x in R"), new() { Ranges = [(-2, -1)] }));
        Refused(ErrorCode.Name, () => Surfaces.Plot(Of("x^2", "x in R") with { Wrt = ["y"] }, new()));
        Refused(ErrorCode.Request, () => Surfaces.Classify(Of("x^2", "x in R")));
        Refused(ErrorCode.Kind, () => Classify("2*x", "x", Vector(1, 2)));
        Refused(ErrorCode.Request, () => Surfaces.Slope(new() { Expression = "x'*x", At = new Dictionary<string, NDArray<double>> { ["x"] = Vector(1, 2) } }));
        Refused(ErrorCode.Shape, () => Surfaces.Slope(new() { Expression = "x'*x", At = new Dictionary<string, NDArray<double>> { ["x"] = Vector(1, 2) } }, [1]));
    }
}
