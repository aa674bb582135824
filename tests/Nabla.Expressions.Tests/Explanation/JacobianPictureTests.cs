using System.Xml.Linq;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>The tensor of a matrix by a matrix beside its flattened Jacobian.</summary>
public class JacobianPictureTests
{
    [Theory]
    [InlineData("A*X*B", "X", "A in R^(m x n); X in R^(n x p); B in R^(p x q)")]
    [InlineData("X*X", "X", "X in R^(n x n)")]
    [InlineData("X'", "X", "X in R^(2 x 3)")]
    [InlineData("inv(X)", "X", "X in R^(2 x 2)")]
    [InlineData("A*x", "x", "A in R^(m x n); x in R^n")]
    [InlineData("X*a", "X", "X in R^(m x n); a in R^n")]
    [InlineData("x*x'", "x", "x in R^3")]
    [InlineData("tr(X'*X)", "X", "X in R^(m x n)")]
    [InlineData("c*X", "c", "c in R; X in R^(2 x 2)")]
    [InlineData("y'*X", "X", "y in R^m; X in R^(m x n)")]
    [InlineData("X.*X", "X", "X in R^(m x n)")]
    public void TheJacobianTimesAChangeIsTheChangeOfTheFunction(string expression, string wrt, string declare)
    {
        var question = new DerivativeRequest { Expression = expression, Wrt = wrt, Declare = declare.Split("; ") };
        var picture = JacobianPicture.Of(question);
        var x = picture.Values[wrt];
        var random = new Random(3);
        double[] d = [.. Enumerable.Range(0, (int)x.Count).Select(_ => random.NextDouble() - 0.5)];
        double[] Moved(double h)
        {
            double[] entries = [.. x.ToArray().Select((e, i) => e + h * d[i])];
            var at = new Dictionary<string, NDArray<double>>(picture.Values) { [wrt] = x.Order == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, x.Shape) };
            var value = Expressions.Questions.Evaluate(new() { Expression = expression, Declare = question.Declare, At = at }).Outputs[0].Value;
            // The columns, stacked.
            return [.. Enumerable.Range(0, value.Count).Select(k => value.Real[k % value.Rows * value.Columns + k / value.Rows])];
        }
        double[] up = Moved(1e-4), down = Moved(-1e-4);
        var (p, q) = x.Order == 2 ? (x.Shape[0], x.Shape[1]) : ((int)x.Count, 1);
        for (int row = 0; row < picture.Jacobian.Rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < picture.Jacobian.Columns; column++) sum += picture.Jacobian[row, column] * d[column % p * q + column / p];
            Assert.Equal((up[row] - down[row]) / 2e-4, sum, 1e-4);
        }
        int m = picture.Tensor.Shape[0];
        for (int row = 0; row < picture.Jacobian.Rows; row++)
            for (int column = 0; column < picture.Jacobian.Columns; column++)
                Assert.Equal(picture.Tensor[row % m, row / m, column % p, column / p], picture.Jacobian[row, column]);
        var svg = XDocument.Parse(picture.Svg);
        Assert.Equal(2 * picture.Tensor.Count, svg.Descendants().Count(e => (string?)e.Attribute("class") == "cell"));
        Assert.Equal(2, svg.Descendants().Count(e => (string?)e.Attribute("class") == "marked"));
        Assert.DoesNotContain(svg.Descendants().SelectMany(e => e.Attributes()), a => a.Name.LocalName is "style" or "id");
        Assert.Contains($"column k + {p}*(l - 1)", picture.Isomorphism);
    }

    [Fact]
    public void GivenValuesAreUsedAndLargeOnesRefused()
    {
        var picture = JacobianPicture.Of(new() { Expression = "A*X", Wrt = "X", At = new Dictionary<string, NDArray<double>> { ["A"] = NDArray<double>.FromArray(new double[,] { { 1, 2 }, { 3, 4 } }) } });
        Assert.Equal(2, picture.Tensor[0, 0, 1, 0]);
        Assert.Equal(0, picture.Tensor[0, 0, 1, 1]);
        var error = Assert.Throws<NablaException>(() => JacobianPicture.Of(new() { Expression = "A*X", Wrt = "X", Declare = ["A in R^(5 x 5)", "X in R^(5 x 5)"] }));
        Assert.Equal(ErrorCode.Limit, error.Code);
        Assert.Equal(ErrorCode.Request, Assert.Throws<NablaException>(() => JacobianPicture.Of(new() { Expression = "x'*x", Order = 2 })).Code);
    }
}
