using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Norms of vectors whose squares are beyond the range of the type: a homogeneous function of degree d and its derivatives scale with the vector.</summary>
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
    };

    [Theory]
    [MemberData(nameof(Homogeneous))]
    public void Norms_and_their_derivatives_scale_with_the_vector(string program, int degree, int order)
    {
        string[] declare = ["x in R^3", "y in R^3", "B in R^(2 x 3)"];
        declare = [.. declare.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
        NDArray<double> x = [3, -4, 1.5], y = [0.5, 2, -1], B = NDArray<double>.FromArray(new double[,] { { 1, 2, -1 }, { 0.5, 1, 3 } });
        var compiled = CompiledExpression<double>.Parse(program, declare, Output.Value, Output.Derivative("x", order));
        var (value, derivative) = Compiled(0);
        foreach (int exponent in new[] { -900, -600, -530, -300, 300, 480, 500 })
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
