using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>Errors that arise after the shapes are known name the operator that they are of.</summary>
public class PlaceTests
{
    private static readonly Dictionary<string, NDArray<double>> s_values = new()
    {
        ["zero"] = NDArray<double>.Scalar(0),
        ["c"] = NDArray<double>.Scalar(-1),
        ["singular"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 4 } }),
        ["I"] = NDArray<double>.Identity(2),
        ["negative"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 1 } }),
        ["nan"] = NDArray.Matrix(new double[,] { { 1, double.NaN }, { 2, 1 } }),
        ["turn"] = NDArray.Matrix(new double[,] { { 0, -1 }, { 1, 0 } }),
    };

    // The sign @ stands in front of the place.
    public static TheoryData<string, string, ErrorCode> AtDerivatives => new()
    {
        { "x in R^(2 x 2); 1 + @inv(x)", "singular", ErrorCode.Singular },
        { "x in R^(2 x 2); b in R^2; y = 2*x; 1 + sum(y @\\ b)", "singular", ErrorCode.Singular },
        { "x in R^(2 x 2); 1 + @logdet(x)", "negative", ErrorCode.Domain },
        { "x in R^(2 x 2); 1 + x@^-1", "singular", ErrorCode.Singular },
        { "x in R^(2 x 2) symmetric; 1 + sum(@eigvals(x).^2)", "I", ErrorCode.Domain },
        { "x in R^(2 x 2); 1 + sum(@eigvals(x))", "I", ErrorCode.Unsupported },
        { "x in R^(2 x 2); 1 + sum(@svdvals(x))", "singular", ErrorCode.Domain },
        { "x in R^(2 x 2); 1 + @rank(x)*x", "I", ErrorCode.Unsupported },
        { "x in R^(2 x 2); 1 + @chol(x)", "I", ErrorCode.Unsupported },
        { "x in R^(2 x 2); 1 + x@^300", "I", ErrorCode.Limit },
        { "x in R; 1 + @sqrt(x)", "zero", ErrorCode.Domain },
        { "x in R; 1 + @sqrt(x)", "c", ErrorCode.Domain },
        { "x in R; 1 + @log(x)", "c", ErrorCode.Domain },
        { "x in R; 1 + x@/x", "zero", ErrorCode.Domain },
        { "x in R; 1 + x@/0", "c", ErrorCode.Domain },
        { "x in R; 1e200*x@*1e200", "c", ErrorCode.Limit },
        { "@x in R positive; 1 + x", "c", ErrorCode.Domain },
        { "@x in R^(2 x 2) diagonal; 1 + x", "singular", ErrorCode.Domain },
    };

    public static TheoryData<string, string, ErrorCode> AtValues => new()
    {
        { "1 + @inv(x)", "singular", ErrorCode.Singular },
        { "1 + @inv(x)", "nan", ErrorCode.Domain },
        { "1 + @chol(x)", "negative", ErrorCode.Domain },
        { "y = 3*x; w, V = @eig(y); w", "nan", ErrorCode.Domain },
        { "1 + @exp(eigvals(x))", "turn", ErrorCode.Unsupported },
        { "@x in R^(n x n) symmetric; 2*x", "turn", ErrorCode.Domain },
    };

    [Theory]
    [MemberData(nameof(AtDerivatives))]
    public void ErrorsOfDerivativesHaveThePlaceOfTheirOperator(string marked, string value, ErrorCode code) =>
        Check(marked, code, text => Expressions.Questions.Derivative(new() { Expression = text, Wrt = "x", At = Given(value) }));

    [Theory]
    [MemberData(nameof(AtValues))]
    public void ErrorsOfValuesHaveThePlaceOfTheirOperator(string marked, string value, ErrorCode code) =>
        Check(marked, code, text => Expressions.Questions.Evaluate(new() { Expression = text, At = Given(value) }));

    [Fact]
    public void WhatIsBuiltInCodeHasNoPlaces()
    {
        var x = Expr.Matrix("x", "n", "n");
        Assert.Null(Assert.Throws<NablaException>(() => Expr.Call("inv", x).Evaluate((x, s_values["singular"]))).Place);
    }

    private static Dictionary<string, NDArray<double>> Given(string value) => new() { ["x"] = s_values[value], ["b"] = NDArray<double>.Zeros(2) };

    private static void Check(string marked, ErrorCode code, Action<string> ask)
    {
        int column = marked.IndexOf('@', StringComparison.Ordinal);
        var error = Assert.Throws<NablaException>(() => ask(marked.Remove(column, 1)));
        Assert.Equal(code, error.Code);
        Assert.Equal(new Place(1, column + 1), error.Place);
    }
}
