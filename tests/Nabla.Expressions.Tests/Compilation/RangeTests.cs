using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Norms of vectors whose squares are beyond the range of the type, and products of entries far from 1: a homogeneous function of degree d and its derivatives scale with the vector.</summary>
public class RangeTests
{
    public static TheoryData<string, int, int> Homogeneous => new()
    {
        { "norm2(x)", 1, 1 },
        { "norm2(x)", 1, 2 },
        { "sum(x)/norm2(x)", 0, 1 },
        { "x/norm2(x)", 0, 1 },
        { "norm2(B*x)", 1, 1 },
        { "norm2([x; 2*x])", 1, 1 },
        { "sum(x)*norm2(x - 3*x[1]*y)", 2, 1 },
        { "x'*y/(norm2(x)*norm2(y))", 0, 1 },
        { "sqrt(x'*x + 2*(y'*x)^2)", 1, 1 },
        { "normF(x*y')", 1, 1 },
        { "x/sum(x)", 0, 1 },
        { "(x'*B'*B*x)/(x'*x)", 0, 1 },
        { "norm2(x)*(sum(x)/(x'*x))", 0, 1 },
        { "sqrt(-(y'*x)*sum(x))", 1, 1 },
        { "norm2(x)^0.5*norm2(2*x)^0.5", 1, 1 },
        { "sum(sqrt(sum((x*y').^2, 2)))", 1, 1 },
        { "X = x*[1 2]; norm2(X[1,:]) + norm2(X[3,:])", 1, 1 },
        { "log(norm2(x)) - log(sum(x))", 0, 1 },
        { "prod(x.^2)", 6, 1 },
        { "prod(x.^2)", 6, 2 },
        { "prod([x; x])", 6, 2 },
        { "prod(x)^2", 6, 2 },
        { "prod(B*x)", 2, 2 },
    };

    [Theory]
    [MemberData(nameof(Homogeneous))]
    public void Norms_products_and_their_derivatives_scale_with_the_vector(string program, int degree, int order)
    {
        string[] declare = ["x in R^3", "y in R^3", "B in R^(2 x 3)"];
        declare = [.. declare.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
        NDArray<double> x = [3, -4, 1.5], y = [0.5, 2, -1], B = NDArray<double>.FromArray(new double[,] { { 1, 2, -1 }, { 0.5, 1, 3 } });
        var compiled = CompiledExpression<double>.Parse(program, declare, Output.Value, Output.Derivative("x", order));
        var (value, derivative) = Compiled(0);
        foreach (int exponent in new[] { -900, -600, -530, -300, -150, -60, -20, 20, 60, 150, 300, 480, 500 })
        {
            if (Math.Abs((degree - order) * exponent) > 1000 || Math.Abs(degree * exponent) > 1000) continue;
            var (scaledValue, scaledDerivative) = Compiled(exponent);
            Close(value, scaledValue, -degree * exponent);
            Close(derivative, scaledDerivative, (order - degree) * exponent);
            var request = new DerivativeRequest { Expression = program, Declare = declare, Wrt = "x", Order = order, At = At(exponent), Check = false };
            Close(derivative, Expressions.Questions.Derivative(request).Derivative.Value!.ToArray(), (order - degree) * exponent);
        }

        Dictionary<string, NDArray<double>> At(int exponent) => compiled.Inputs.ToDictionary(n => n, n => n == "x" ? x * Math.ScaleB(1, exponent) : n == "y" ? y : B, StringComparer.Ordinal);

        (double[] Value, double[] Derivative) Compiled(int exponent)
        {
            var evaluation = compiled.CreateEvaluation();
            foreach (var (name, entries) in At(exponent)) evaluation.Set(name, entries);
            evaluation.Run();
            return (evaluation.ToArray(0).ToArray(), evaluation.ToArray(1).ToArray());
        }

        void Close(double[] expected, double[] found, int exponent)
        {
            double size = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], Math.ScaleB(found[i], exponent), 1e-12 * size);
        }
    }

    [Theory]
    [InlineData("norm2(x) + norm2(y)", "")]
    [InlineData("sum(sqrt(sum(X.^2, 2)))", "X")]
    [InlineData("norm2(X[1,:]) + norm2(X[2,:]) + norm2(X[3,:])", "X")]
    [InlineData("norm2(X*x) + norm2(y)", "")]
    [InlineData("norm2(x.*x - y.*x) + norm2(y)", "")]
    [InlineData("sqrt(x'*x + 3*sum(x.^2)) + norm2(y)", "")]
    [InlineData("log(1 + norm2(x)) + norm2(y)", "")]
    public void A_norm_that_is_zero_stays_in_the_plan(string program, string matrix)
    {
        string[] declare = ["x in R^20", "y in R^20", "X in R^(20 x 20)"];
        declare = [.. declare.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
        string by = matrix.Length > 0 ? "X" : "x";
        var evaluation = CompiledExpression<double>.Parse(program, declare, Output.Value, Output.Derivative(by)).CreateEvaluation();
        double[] ones = [.. Enumerable.Repeat(1.0, 400)];
        if (matrix.Length > 0) ones.AsSpan(20..).Clear();
        if (program.Contains('X', StringComparison.Ordinal)) evaluation.Set("X", ones, 20, 20);
        if (program.Contains('x', StringComparison.Ordinal)) evaluation.Set("x", NDArray<double>.Zeros(20));
        if (program.Contains('y', StringComparison.Ordinal)) evaluation.Set("y", NDArray<double>.FromArray([.. Enumerable.Repeat(1.0, 20)], 20));
        evaluation.Run();
        Assert.Equal(Math.Sqrt(20), evaluation.Scalar(0), 1e-12);
        double[] expected = [.. Enumerable.Range(0, matrix.Length > 0 ? 400 : 20).Select(k => matrix.Length > 0 && k < 20 ? 1 / Math.Sqrt(20) : 0)];
        Assert.Equal(expected, evaluation.Result(1).ToArray(), (e, f) => Math.Abs(e - f) < 1e-12);
        // The reference evaluation allocates.
        for (int k = 0; k < 3; k++) evaluation.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 20; k++) evaluation.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("log(norm2(x))", 1)]
    [InlineData("log(x'*x)", 2)]
    [InlineData("log(x'*x + 2*(y'*x)^2)", 2)]
    [InlineData("log((y'*x)*norm2(x))", 2)]
    public void Logarithms_of_sums_beyond_the_range_grow_with_the_logarithm_of_the_scale(string program, int degree)
    {
        string[] declare = program.Contains('y', StringComparison.Ordinal) ? ["x in R^3", "y in R^3"] : ["x in R^3"];
        NDArray<double> x = [3, 4, 1.5], y = [0.5, 2, 1];
        var compiled = CompiledExpression<double>.Parse(program, declare, Output.Value, Output.Derivative("x"));
        var single = CompiledExpression<float>.Parse(program, declare, Output.Value);
        double before = At(0).Value[0];
        double[] derivative = At(0).Derivative;
        foreach (int exponent in new[] { -900, -530, -100, -70, 70, 100, 530, 900 })
        {
            var (value, scaled) = At(exponent);
            double expected = before + degree * exponent * Math.Log(2);
            Assert.Equal(expected, value[0], 1e-13 * Math.Abs(expected));
            for (int i = 0; i < 3; i++) Assert.Equal(derivative[i], Math.ScaleB(scaled[i], exponent), 1e-12);
            if (Math.Abs(exponent) > 110) continue;
            var evaluation = single.CreateEvaluation();
            evaluation.Set("x", x.ToArray().Select(e => (float)Math.ScaleB(e, exponent)).ToArray().AsSpan());
            if (declare.Length > 1) evaluation.Set("y", (ReadOnlySpan<float>)[0.5f, 2, 1]);
            evaluation.Run();
            Assert.Equal(expected, evaluation.Scalar(0), 1e-5 * Math.Abs(expected));
        }

        (double[] Value, double[] Derivative) At(int exponent)
        {
            var results = compiled.Evaluate(compiled.Inputs.Select(n => (n, n == "x" ? x * Math.ScaleB(1, exponent) : y)));
            return (results[0].ToArray(), results[1].ToArray());
        }
    }

    [Fact]
    public void Norms_in_single_precision_reach_as_far()
    {
        var evaluation = CompiledExpression<float>.Parse("norm2(x)", ["x in R^2"], Output.Value, Output.Derivative("x")).CreateEvaluation();
        foreach (float scale in new[] { 1e-35f, 1e-25f, 1, 1e25f, 5e37f })
        {
            evaluation.Set("x", NDArray<float>.FromArray([3 * scale, 4 * scale], 2));
            evaluation.Run();
            Assert.Equal(5, evaluation.Scalar(0) / scale, 1e-5f);
            Assert.Equal(0.6f, evaluation.Result(1)[0], 1e-6f);
            Assert.Equal(0.8f, evaluation.Result(1)[1], 1e-6f);
        }
    }

    [Fact]
    public void Results_beyond_the_range_are_refused()
    {
        var evaluation = CompiledExpression<double>.Parse("norm2(x)^2", ["x in R^2"], Output.Value, Output.Derivative("x")).CreateEvaluation();
        evaluation.Set("x", NDArray<double>.FromArray([3e200, 4e200], 2));
        Assert.Equal(ErrorCode.Domain, Assert.Throws<NablaException>(evaluation.Run).Code);
        evaluation = CompiledExpression<double>.Parse("norm2(x)^3", ["x in R^2"], Output.Value, Output.Derivative("x")).CreateEvaluation();
        evaluation.Set("x", NDArray<double>.FromArray([3e200, 4e200], 2));
        Assert.Equal(ErrorCode.Domain, Assert.Throws<NablaException>(evaluation.Run).Code);
    }
}
