using System.Globalization;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>What is said of derivatives whose values rounding decides.</summary>
public sealed class RoundingTests
{
    private static readonly Dictionary<string, NDArray<double>> s_values = new(StringComparer.Ordinal)
    {
        ["u"] = NDArray<double>.FromArray([0.3, 0.7], 2),
        ["v"] = NDArray<double>.FromArray([0.3, 0.7, 0.1], 3),
        ["A"] = NDArray<double>.FromArray([0.1, 0.2, 0.3, 0.7], 2, 2),
        ["B"] = NDArray<double>.FromArray([1, 2, 3, 7], 2, 2),
        ["x"] = NDArray<double>.FromArray([1, 1], 2),
        ["b"] = NDArray<double>.FromArray([0.3, 1], 2),
        ["d"] = NDArray<double>.FromArray([3, 10], 2),
    };

    private static DerivativeAnswer Ask(string expression, string wrt, int order, double c) => Expressions.Questions.Derivative(new()
    {
        Expression = expression,
        Wrt = wrt,
        Order = order,
        At = new Dictionary<string, NDArray<double>>(s_values.Where(v => System.Text.RegularExpressions.Regex.IsMatch(expression, $@"\b{v.Key}\b")), StringComparer.Ordinal) { ["c"] = NDArray<double>.Scalar(c) },
    });

    /// <summary>An entry that stands at the edge of a domain but for rounding, and a difference of which no digit is left.</summary>
    [Theory]
    [InlineData(@"arcsin(v[2] \ v)", "v", 1, 0)]
    [InlineData(@"arcsin(v[2] \ v)", "v", 2, 0)]
    [InlineData("(exp(c) - 1)/c", "c", 1, 1e-9)]
    [InlineData("sqrt(3*c - 0.3)", "c", 1, 0.1)]
    public void IsRefused(string expression, string wrt, int order, double c)
    {
        var e = Assert.Throws<NablaException>(() => Ask(expression, wrt, order, c));
        Assert.Equal(ErrorCode.Domain, e.Code);
        Assert.Contains("no certain value", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The note's bound holds for the difference from the true derivative.</summary>
    [Theory]
    [InlineData("sin(c)/c", 1e-7, -1e-7 / 3)]
    [InlineData("sin(c)/c", 1e-8, -1e-8 / 3)]
    [InlineData("(exp(c) - 1)/c", 1e-6, 0.5 + 1e-6 / 3)]
    [InlineData("(exp(c) - 1)/c", 1e-7, 0.5 + 1e-7 / 3)]
    public void IsBounded(string expression, double c, double derivative)
    {
        var answer = Ask(expression, "c", 1, c);
        string note = Assert.Single(answer.Notes, n => n.StartsWith("rounding:", StringComparison.Ordinal));
        double bound = double.Parse(note.Split(' ')[^1].TrimEnd('.'), CultureInfo.InvariantCulture);
        Assert.InRange(Math.Abs(answer.Derivative.Value!.ToScalar() - derivative), 0, 4 * bound);
    }

    /// <summary>What a sigmoid or a tanh lacks to 1 is no difference; what a softmax lacks is one, and is told.</summary>
    [Theory]
    [InlineData("tanh(c)", 1, 30, false)]
    [InlineData("sigmoid(c)", 1, 100, false)]
    [InlineData("log(1 + exp(c))", 2, 100, false)]
    [InlineData("lse([c; 0])", 2, 100, true)]
    [InlineData("softmax([c; 0])'*[1; 0]", 1, 100, true)]
    public void Saturation_keeps_its_digits_or_is_told(string expression, int order, double c, bool isTold)
    {
        var answer = Ask(expression, "c", order, c);
        double e = Math.Exp(expression.StartsWith("tanh", StringComparison.Ordinal) ? -2 * c : -c), slope = e / ((1 + e) * (1 + e)) * (expression.StartsWith("tanh", StringComparison.Ordinal) ? 4 : 1);
        double found = answer.Derivative.Value!.ToScalar();
        Assert.Equal(isTold, answer.Notes.Any(n => n.StartsWith("rounding:", StringComparison.Ordinal)));
        if (!isTold) Assert.InRange(found / slope, 1 - 1e-13, 1 + 1e-13);
    }

    /// <summary>The largest of entries that are rounded otherwise is still one of them.</summary>
    [Theory]
    [InlineData("max(c*v)")]
    [InlineData("c*max(v)^2 + max([v; c])")]
    [InlineData("abs(c - 1/10) + relu(0.3 - c) + c")]
    [InlineData("max(asin(c*v - v/7))")]
    [InlineData("min((c - 1/7).*[v', 3*v'])")]
    public void TheLargestEntryHasADerivative(string expression)
    {
        for (int k = 1; k < 20; k++) Assert.DoesNotContain(Ask(expression, "c", 1, k / 30.0).Notes, n => n.StartsWith("rounding:", StringComparison.Ordinal));
    }

    /// <summary>A function that rounding lets rise in stairs has differences that settle at wrong values: they say nothing against its derivative.</summary>
    [Theory]
    [InlineData("acos(erf(c + 4.8))")]
    [InlineData("arcsin(tan(pi)/c + 1)")]
    public void StairsDoNotSpeakAgainstADerivative(string expression)
    {
        var answer = Expressions.Questions.Derivative(new() { Expression = expression, Declare = ["c in R nonnegative"], Wrt = "c" });
        Assert.Null(answer.Check);
        Assert.Contains(answer.Notes, n => n.StartsWith("unproven:", StringComparison.Ordinal));
    }

    /// <summary>A gradient that is zero at a minimum is given, and said to be zero but for rounding.</summary>
    [Fact]
    public void ZeroGradientIsSaid()
    {
        var answer = Ask("norm2(A*x - b)^2", "x", 1, 0);
        Assert.Contains(answer.Notes, n => n.Contains("zero up to rounding errors", StringComparison.Ordinal));
        Assert.All(answer.Derivative.Value!.ToArray(), g => Assert.InRange(Math.Abs(g), 0, 1e-15));
    }

    /// <summary>What is computed exactly, or well, has no note.</summary>
    [Theory]
    [InlineData("norm2(B*x - d)^2", "x", 0)]
    [InlineData("norm1(B*x - d)", "x", 0)]
    [InlineData("sin(c)/c", "c", 0.1)]
    [InlineData("sin(c)", "c", 1e15)]
    [InlineData("log(1 - c)", "c", 1e-17)]
    public void IsSilent(string expression, string wrt, double c) =>
        Assert.DoesNotContain(Ask(expression, wrt, 1, c).Notes, n => n.StartsWith("rounding:", StringComparison.Ordinal));
}
