using Nabla.Expressions.Compilation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

public class FusedPairsTests
{
    [Theory]
    [InlineData("y.*log(sigmoid(z))", "softplusofnegative, scaledproduct")]
    [InlineData("exp(-z.^2/2)", "scaledproduct, exp")]
    [InlineData("3*y.*z", "scaledproduct")]
    [InlineData("log(1 + exp(-2*z))", "scale, softplus")]
    public void Pairs_are_one_pass_with_the_same_bits(string program, string passes)
    {
        var random = new Random(5);
        double[] y = [.. Enumerable.Range(0, 1037).Select(_ => 8 * random.NextDouble() - 4)], z = [.. y.Select(v => 3 * v * random.NextDouble())];
        var compiled = CompiledExpression<double>.Parse(program, ["y in R^n", "z in R^n"], Output.Value).CreateEvaluation();
        compiled.Set("y", NDArray<double>.FromArray(y));
        compiled.Set("z", NDArray<double>.FromArray(z));
        compiled.Run();
        Assert.Contains($" {passes} of 1037 entries", compiled.Explain(), StringComparison.Ordinal);
        double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        double[] expected = program switch
        {
            "y.*log(sigmoid(z))" => [.. y.Zip(z, (a, b) => -a * Softplus(-b))],
            "exp(-z.^2/2)" => [.. z.Select(b => Math.Exp(-b * b / 2))],
            "3*y.*z" => [.. y.Zip(z, (a, b) => 3 * (a * b))],
            _ => [.. z.Select(b => Softplus(-2 * b))],
        };
        double[] found = compiled.Result(0).ToArray();
        for (int k = 0; k < found.Length; k++) Assert.Equal(expected[k], found[k], 1e-15 * Math.Max(1, Math.Abs(expected[k])));
        if (program == "3*y.*z") Assert.Equal(expected, found);
    }

    [Fact]
    public void A_value_that_is_needed_elsewhere_stays()
    {
        Instruction product = new(Operation.Multiply, 0, 1, 0, 2), scaled = new(Operation.Scale, 2, -1, 3, 3), sum = new(Operation.Add, 3, 2, 0, 4);
        Assert.Equal([product, scaled, sum], FusedPairs.Of([product, scaled, sum], 4));
        Assert.Equal([product, scaled], FusedPairs.Of([product, scaled], 2));
        Assert.Equal([new Instruction(Operation.ScaledProduct, 0, 1, 3, 3)], FusedPairs.Of([product, scaled], 3));
    }

    [Fact]
    public void A_square_times_a_number_is_a_product_and_only_the_negative_goes_into_the_softplus()
    {
        Instruction square = new(Operation.Square, 0, -1, 0, 1), scaled = new(Operation.Scale, 1, -1, -0.5, 2);
        Assert.Equal([new Instruction(Operation.ScaledProduct, 0, 0, -0.5, 2)], FusedPairs.Of([square, scaled], 2));
        Instruction negative = new(Operation.Scale, 0, -1, -1, 1), twice = new(Operation.Scale, 0, -1, 2, 1), softplus = new(Operation.Softplus, 1, -1, 0, 2);
        Assert.Equal([new Instruction(Operation.SoftplusOfNegative, 0, -1, 0, 2)], FusedPairs.Of([negative, softplus], 2));
        Assert.Equal([twice, softplus], FusedPairs.Of([twice, softplus], 2));
    }
}
