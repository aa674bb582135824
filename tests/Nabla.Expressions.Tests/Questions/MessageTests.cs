using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>Messages say what the reader can use: in the notation's own counting, and of the function that was asked for.</summary>
public class MessageTests
{
    [Theory]
    [InlineData("inv(A)", "inv needs finite entries, but entry [1,2] of its argument is NaN.")]
    [InlineData("svdvals(2*A)", "svdvals needs finite entries, but entry [1,2] of its argument is NaN.")]
    [InlineData("chol(A)", "chol needs finite entries, but entry [1,2] of its argument is NaN.")]
    [InlineData("A \\ [1; 2]", "\\ needs finite entries, but entry [1,2] of its argument is NaN.")]
    [InlineData("chol(diag([1, -1]))", "The 2 x 2 matrix must be positive definite, but its leading minor of order 2 is not positive.")]
    [InlineData("expm([1000 0; 0 1])", "The exponential of the 2 x 2 matrix has entries beyond the range of its type.")]
    [InlineData("B^2[1,2]", "2 is a number and has no entries; an entry of a power is written (A^2)[1,2], but here are 2.")]
    [InlineData("C in R^(nxn); C", "nxn is one name, hence a vector; the sizes of a matrix stand apart, as in R^(n x n).")]
    [InlineData("C in R^(mx3); C", "mx3 is one name, hence a vector; the sizes of a matrix stand apart, as in R^(m x 3).")]
    public void OfValues(string expression, string message)
    {
        var at = new Dictionary<string, NDArray<double>> { ["A"] = NDArray.Matrix(new double[,] { { 1, double.NaN }, { 2, 1 } }) };
        Assert.Equal(message, Assert.Throws<NablaException>(() => Expressions.Questions.Evaluate(new() { Expression = expression, At = at })).Message);
    }

    [Theory]
    [InlineData("svdvals(x)", "x", "The derivative exists where all singular values are distinct, but 1 and 1 are among them.")]
    [InlineData("S = x + x'; eigvals(S)", "x", "The derivative exists where all eigenvalues are distinct, but 2 and 2 are among them.")]
    [InlineData("y = 2; y", "y", "y is bound by the program: it has no free variables to differentiate by.")]
    public void OfDerivatives(string expression, string wrt, string message)
    {
        var at = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.Identity(2) };
        Assert.Equal(message, Assert.Throws<NablaException>(() => Expressions.Questions.Derivative(new() { Expression = expression, Wrt = wrt, At = at })).Message);
    }

    [Fact]
    public void ComplexEigenvaluesHaveOneOrder()
    {
        var at = new Dictionary<string, NDArray<double>> { ["A"] = NDArray.Matrix(new double[,] { { 2, 1, 0, 0 }, { -1, 2, 0, 0 }, { 0, 0, 1, 3 }, { 0, 0, -3, 1 } }) };
        var values = Expressions.Questions.Evaluate(new() { Expression = "eigvals(A)", At = at }).Outputs[0].Value;
        var pair = Expressions.Questions.Evaluate(new() { Expression = "w, V = eig(A)", At = at }).Outputs;
        for (int k = 0; k < 4; k++) Assert.InRange((values[k] - pair[0].Value[k]).Magnitude, 0, 1e-14);
        var gap = Expressions.Questions.Evaluate(new() { Expression = "w, V = eig(A); A*V - V*diag(w)", At = at }).Outputs[0].Value;
        for (int k = 0; k < 16; k++) Assert.InRange(gap[k].Magnitude, 0, 1e-13);
    }
}
