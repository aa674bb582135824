using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Numerics;
using static Nabla.Expressions.Functions;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>The library: expressions built with C#'s operators.</summary>
public class ExprTests
{
    private static readonly Expr s_A = Expr.Matrix("A", "m", "n"), s_x = Expr.Vector("x", "n"), s_b = Expr.Vector("b", "m");

    [Fact]
    public void TheDerivativeIsTheOneOfTheNotation() =>
        Assert.Equal("diag(cos(A*x + b))*A", Sin(s_A * s_x + s_b).Derivative(s_x).Derivative.Text);

    [Fact]
    public void EveryOperatorHasItsNotation()
    {
        var c = Expr.Scalar("c");
        Assert.Equal("-x/c + 2*x.*x./x.^2", (-s_x / c + (2 * s_x).Hadamard(s_x).ElementwiseDivide(s_x.ElementwisePower(2))).ToString());
        Assert.Equal("A'*A \\ x", (s_A.T * s_A).Solve(s_x).ToString());
        Assert.Equal("x[2] - A[1,2]^0.5", (s_x[2] - s_A[1, 2].Power(0.5)).ToString());
    }

    [Fact]
    public void APieceUsedTwiceIsComputedOnce()
    {
        var y = s_x;
        for (int i = 0; i < 60; i++) y = y.Hadamard(y);
        Assert.Equal("1152921504606846976*x.^1152921504606846975", Sum(y).Derivative(s_x).Derivative.Text);
    }

    [Fact]
    public void ValuesAreGivenByVariable()
    {
        var value = (s_A * s_x + s_b).Evaluate((s_A, NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 4 } })), (s_x, NDArray<double>.FromArray([1.0, 1], 2)), (s_b, NDArray<double>.FromArray([0.5, 0], 2)));
        Assert.Equal([3.5, 7], value.Real.ToArray());
    }

    [Fact]
    public void ShapesAreChecked() => Assert.Equal(ErrorCode.Shape, Assert.Throws<NablaException>(() => (s_A * s_b).Shape).Code);

    [Fact]
    public void AProgramIsAnExpression()
    {
        var f = Expr.Parse("z = A*x; norm2(z)^2");
        Assert.Equal("2*A'*A*x", f.Derivative(Expr.Parse("x")).Derivative.Text);
    }

    [Fact]
    public void EveryFunctionOfTheTableCanBeCalled()
    {
        var called = typeof(Functions).GetMethods().Where(m => m.IsStatic && m.ReturnType == typeof(Expr))
            .Select(m => ((Expr)m.Invoke(null, [.. m.GetParameters().Select(p => p.ParameterType == typeof(int) ? (object)1 : s_x)])!).ToString().Split('(')[0]).ToHashSet();
        string[] others = ["eye", "ones", "zeros", "vector", "matrix", "rows", "cols"];
        var missing = OperatorTable.All.Where(o => o.InNotation && o.Symbol is null && o is not NumericOperator && !others.Contains(o.Name) && !called.Contains(o.Name)).Select(o => o.Name);
        Assert.Empty(missing);
    }
}
