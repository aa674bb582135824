using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

/// <summary>Every derivative rule against differences of the function, to order 2.</summary>
public class DerivativeLaws
{
    private static readonly Dimension s_m = Dimension.Named("m"), s_n = Dimension.Named("n");

    public static TheoryData<string, int> Elementwise
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var o in OperatorTable.All.OfType<ElementwiseOperator>())
                for (int k = 0; k < o.Derivatives.Count; k++) data.Add(o.Name, k);
            return data;
        }
    }

    public static TheoryData<string> OfVectors => [.. OperatorTable.All.OfType<TensorOperator>().Where(o => o.Differential!.Contains("dx", StringComparison.Ordinal)).Select(o => o.GetType().Name)];

    public static TheoryData<string> OfMatrices => [.. OperatorTable.All.OfType<TensorOperator>().Select(o => o.GetType().Name)];

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Of_element_wise_functions(string name, int argument)
    {
        var function = (ElementwiseOperator)OperatorTable.Find(name)!;
        var t = new Tensors(Work.Unlimited);
        Node[] arguments = [.. Enumerable.Range(0, function.Derivatives.Count).Select(i => t.Symbol("xy"[i].ToString(), [s_n]))];
        Check(t, t.Map(function, arguments), (SymbolNode)arguments[argument], 0.15, 0.85);
    }

    [Theory]
    [MemberData(nameof(OfVectors))]
    public void Of_functions_of_a_vector(string type)
    {
        var t = new Tensors(Work.Unlimited);
        var x = t.Symbol("x", [s_n]);
        Check(t, t.Apply(Of(type), x, 1), x, -1, 1);
    }

    [Theory]
    [MemberData(nameof(OfVectors))]
    public void Of_functions_of_each_row(string type)
    {
        var t = new Tensors(Work.Unlimited);
        var X = t.Symbol("x", [s_m, s_n]);
        Check(t, t.Apply(Of(type), X, 1), X, -1, 1);
    }

    [Theory]
    [MemberData(nameof(OfMatrices))]
    public void Of_functions_of_a_matrix(string type)
    {
        var function = Of(type);
        var t = new Tensors(Work.Unlimited);
        bool symmetric = function is Eigenvalues or Eigenprojections;
        var X = t.Symbol("x", [s_n, s_n], symmetric ? Properties.Symmetric : Properties.None);
        Check(t, t.Apply(function, X, 2), X, 0.2, 1, symmetric);
    }

    [Fact]
    public void Of_singular_values_of_tall_and_wide_matrices()
    {
        foreach (var (rows, columns) in new[] { (4, 2), (2, 4) })
        {
            var t = new Tensors(Work.Unlimited);
            var X = t.Symbol("x", [Dimension.Of(rows), Dimension.Of(columns)]);
            Check(t, t.Apply(OperatorTable.Get<SingularValues>(), X, 2), X, -1, 1);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(3, 0, 2)]
    public void Of_products_with_zeros(double a, double b, double c)
    {
        var t = new Tensors(Work.Unlimited);
        var x = t.Symbol("x", [Dimension.Of(3)]);
        var first = new Differentiation(t).Derivative(t.Apply(OperatorTable.Get<Product>(), x, 1), x);
        var second = new Differentiation(t).Derivative(first, x);
        var values = new Dictionary<string, Value> { ["x"] = Value.Column(a, b, c) };
        Assert.Equal([b * c, a * c, a * b], Programs.Evaluate(first, values).ToArray());
        Assert.Equal([0, c, b, c, 0, a, b, a, 0], Programs.Evaluate(second, values).ToArray());
    }

    [Fact]
    public void Of_the_largest_entry_with_ties()
    {
        var t = new Tensors(Work.Unlimited);
        var x = t.Symbol("x", [Dimension.Of(4)]);
        var first = new Differentiation(t).Derivative(t.Apply(OperatorTable.Get<LargestEntry>(), x, 1), x);
        Assert.Equal([0.5, 0, 0.5, 0], Programs.Evaluate(first, new Dictionary<string, Value> { ["x"] = Value.Column(2, 1, 2, -3) }).ToArray());
    }

    private static TensorOperator Of(string type) => OperatorTable.All.OfType<TensorOperator>().Single(o => o.GetType().Name == type);

    // The derivative along a random direction against central differences, extrapolated once.
    private static void Check(Tensors t, Node f, SymbolNode x, double least, double most, bool symmetric = false)
    {
        var random = new Random(11);
        var names = new[] { "x", "y" };
        var shape = x.Order == 2 ? Shape.Matrix(x.Axes[0], x.Axes[1]) : Shape.Column(x.Axes[0]);
        for (int order = 1; order <= 2; order++)
        {
            var derivative = new Differentiation(t).Derivative(f, x);
            for (int round = 0; round < 3; round++)
            {
                var values = names.ToDictionary(n => n, n => Programs.Random(random, new(n, shape, x.Properties, true), least, most));
                var H = Programs.Random(random, new("H", shape, x.Properties, true));
                double[] Along(double h) => Programs.Evaluate(f, values.ToDictionary(v => v.Key, v => v.Key == x.Name ? Moved(v.Value, H, h) : v.Value)).ToArray();
                double[] Difference(double h) => [.. Along(h).Zip(Along(-h), (a, b) => (a - b) / (2 * h))];
                double[] expected = [.. Difference(1e-4).Zip(Difference(2e-4), (a, b) => (4 * a - b) / 3)];
                var value = Programs.Evaluate(derivative, values).ToArray();
                int size = H.Count;
                double[] actual = [.. Enumerable.Range(0, value.Length / size).Select(i => Enumerable.Range(0, size).Sum(j => value[i * size + j] * H.Real[j]))];
                Programs.AreClose(expected, actual, 1e-7, $"derivative {order}{(symmetric ? ", symmetric" : "")}");
            }
            f = derivative;
        }
    }

    private static Value Moved(Value x, Value H, double h) => Value.Of(x.Kind, x.Rows, x.Columns, (i, j) => x.Real[i * x.Columns + j] + h * H.Real[i * x.Columns + j]);
}
