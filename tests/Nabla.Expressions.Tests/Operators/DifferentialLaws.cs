using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

public class DifferentialLaws
{
    public static TheoryData<string> All => [.. OperatorTable.All.OfType<TensorOperator>().Where(o => o is not (Eigenprojections or Cofactors)).Select(o => o.GetType().Name)];

    [Fact]
    public void Every_rule_has_its_differential() => Assert.All(OperatorTable.All.OfType<TensorOperator>(), o => Assert.NotNull(o.Differential));

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_the_limit_of_differences(string type)
    {
        var o = OperatorTable.All.Single(o => o.GetType().Name == type);
        bool ofMatrix = o.Differential!.Contains("dX", StringComparison.Ordinal);
        var random = new Random(5);
        var n = Dimension.Named("n");
        var shape = ofMatrix ? Shape.Matrix(n, n) : Shape.Column(n);
        var properties = o is Eigenvalues ? Properties.Symmetric : Properties.None;
        string name = ofMatrix ? "X" : "x";
        var X = Programs.Random(random, new(name, shape, properties, true));
        var H = Programs.Random(random, new("H", shape, properties, true));
        double[] At(double h) => Programs.Interpret($"{o.Name}({name})", (name, Moved(X, H, h))).Value.Real.ToArray();
        double[] expected = [.. At(1e-5).Zip(At(-1e-5), (a, b) => (a - b) / 2e-5)];
        Programs.AreClose(expected, Programs.Interpret(o.Differential, (name, X), ("d" + name, H)).Value.Real, 1e-7, o.Differential);
    }

    private static Value Moved(Value x, Value H, double h) => Value.Of(x.Kind, x.Rows, x.Columns, (i, j) => x.Real[i * x.Columns + j] + h * H.Real[i * x.Columns + j]);
}
