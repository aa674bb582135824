using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>The sizes of the given values decide what the program leaves open.</summary>
public class GivenSizesTests
{
    private static readonly Dictionary<string, NDArray<double>> s_values = new()
    {
        ["A"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 4 } }),
        ["X"] = NDArray.Matrix(new double[,] { { 1, 0 }, { 3, 1 } }),
        ["B"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 3 }, { 0, 1 } }),
        ["x"] = NDArray<double>.FromArray([1.0, 2, 3], 3),
    };

    [Theory]
    [InlineData("tr(kron(A, X))", "X", "tr(A)*eye(2)")]
    [InlineData("vec(X)'*vec(A)", "X", "A")]
    [InlineData("sum(kron(X, A) + kron(A, X))", "X", "2*sum(A)*ones(rows(X), cols(X))")]
    [InlineData("sum(svdvals(B))", "B", "w, V = eig(-B'*B); B*V*diag(1 ./ svdvals(B))*V'")]
    [InlineData("B in R^(m x n); x in R^m; sum(svdvals(B)) + x'*B*B'*x", "B", "w, V = eig(-B'*B); 2*x*x'*B + B*V*diag(1 ./ svdvals(B))*V'")]
    public void WhatTheyDecideHasADerivative(string expression, string wrt, string text)
    {
        var answer = Expressions.Questions.Derivative(new() { Expression = expression, Wrt = wrt, At = s_values });
        Assert.Equal(text, answer.Derivative.Text);
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-9);
        double[] value = answer.Derivative.Value!.ToArray();
        double[] read = Expressions.Questions.Evaluate(new() { Expression = text, At = s_values }).Outputs[^1].Value.Real.ToArray();
        for (int i = 0; i < value.Length; i++) Assert.Equal(read[i], value[i], 1e-12);
    }

    [Theory]
    [InlineData("vec(X)'*vec(B)", ErrorCode.Shape)]
    [InlineData("B in R^(m x n); X in R^(m x m); sum(svdvals(B)) + tr(X)", ErrorCode.Shape)]
    [InlineData("tr(kron(A, Y))", ErrorCode.Ambiguous)]
    // Two names that are declared are two dimensions, whatever the values.
    [InlineData("A in R^(m x n); X in R^(p x q); vec(X)'*vec(A)", ErrorCode.Shape)]
    public void WhatTheyDoNotDecideIsRefused(string expression, ErrorCode code) =>
        Assert.Equal(code, Assert.Throws<NablaException>(() => Expressions.Questions.Evaluate(new() { Expression = expression, At = s_values })).Code);

    [Fact]
    public void WithoutNeedShapesStayGeneral()
    {
        var answer = Expressions.Questions.Derivative(new() { Expression = "B*B'*x", Wrt = "x", At = s_values });
        Assert.Equal("m x n", answer.Variables.Single(v => v.Name == "B").Shape.ToString());
    }
}
