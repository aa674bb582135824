using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Plans in single precision against plans in double precision, and both against the operators, far from ordinary values.</summary>
public class PrecisionTests(ITestOutputHelper output)
{
    private static readonly string[] s_declare = ["A in R^(6 x 4)", "X in R^(6 x 4)", "W in R^(3 x 4)", "V in R^(2 x 3)", "S in R^(4 x 4) positive definite", "x in R^4", "w in R^4", "y in R^6", "s in R", "c in R"];

    public static TheoryData<string, string> Programs => new()
    {
        { "sum(log(1 + exp(-y.*(A*x)))) + s*norm2(x)^2", "x" },
        { "norm2(A*x - y)^2 + s*norm1(x)", "x" },
        { "sum(exp(A*x)) - y'*(A*x)", "x" },
        { "lse(A*x)", "x" },
        { "softmax(A*x)", "x" },
        { "sum(sqrt(sum(X.^2, 2)))", "X" },
        { "exp(-norm2(x - w)^2/(2*s^2))", "x" },
        { "exp(-norm2(x - w)/s)", "s" },
        { "x'*w/(norm2(x)*norm2(w))", "x" },
        { "x/norm2(x)", "x" },
        { "(x'*S*x)/(x'*x)", "x" },
        { "sqrt(x'*S*x)", "x" },
        { "-logdet(S)/2 - (x - w)'*inv(S)*(x - w)/2", "x" },
        { "x'*inv(S + s^2*eye(4))*x", "x" },
        { "V*tanh(W*x)", "x" },
        { "sum(relu(V*relu(W*x)))", "W" },
        { "sum(log1p(x.^2))", "x" },
        { "sum(x./(1 + x.^2))", "x" },
        { "sum(1./(s + x.^2))", "x" },
        { "sum(max(abs(A*x - y) - 1, 0))", "x" },
        { "sum(min((x - w).^2, abs(x - w)))", "x" },
        { "log(x'*x + s^2)", "x" },
        { "norm2(y - A*x)^2/(2*s^2) + log(s^2)", "s" },
        { "s/norm2(x)", "x" },
        { "prod(x)", "x" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Single_precision_agrees_with_double_where_the_result_depends_on_its_inputs_smoothly(string program, string variable)
    {
        string[] declare = [.. s_declare.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
        var random = new Random(program.Length);
        int compared = 0, all = 0;
        foreach (int order in new[] { 1, 2 })
        {
            var outputs = new[] { Output.Value, Output.Derivative(variable, order) };
            var single = CompiledExpression<float>.Parse(program, declare, outputs);
            var twice = CompiledExpression<double>.Parse(program, declare, outputs);
            foreach (string scaled in twice.Inputs.Append(""))
            {
                foreach (int exponent in new[] { -75, -45, -30, -10, 0, 10, 30, 45, 75 })
                {
                    all++;
                    var point = twice.Inputs.ToDictionary(n => n, n => Value(declare.First(d => d[0] == n[0]), random, n == scaled || scaled.Length == 0 ? exponent : 0), StringComparer.Ordinal);
                    if (Results(twice, point) is not { } expected || expected.Any(r => r.Any(e => !double.IsFinite(e) || Math.Abs(e) > 1e37))) continue;
                    // A definite matrix moves as a whole.
                    double[][]? moved = Results(twice, point.ToDictionary(p => p.Key, p => 1e-5 * random.NextDouble() is var all && p.Key == "S" ? p.Value * (1 + all) : p.Value.Map(e => e * (1 + 1e-5 * (random.NextDouble() - 0.5)))));
                    if (moved is null || Results(single, point) is not { } found) continue;
                    for (int r = 0; r < expected.Length; r++)
                    {
                        double size = expected[r].Max(Math.Abs), change = moved[r].Zip(expected[r], (a, b) => Math.Abs(a - b)).Max();
                        // Beyond this the inputs' own rounding decides.
                        if (!(change < 1e-3 * size)) continue;
                        compared++;
                        for (int i = 0; i < expected[r].Length; i++)
                            Assert.True(Math.Abs(found[r][i] - expected[r][i]) <= 1e-3 * size + 100 * change + 1e-37, $"{program}, order {order}, {scaled}*2^{exponent}, result {r}, entry {i}: {found[r][i]:G6} in single precision, {expected[r][i]:G6} in double.");
                    }
                }
            }
        }
        output.WriteLine($"{compared} results at {all} points.");
        Assert.True(compared > all / 3, $"Only {compared} results at {all} points.");
    }

    [Fact]
    public void Functions_of_entries_agree_with_their_operators_at_every_kind_of_number()
    {
        double[] special = [0, -0.0, 1, -1, 0.3, -0.7, 800, -800, 1e-310, -1e-310, 1e300, -1e300, 1e-160, 1e19, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (var function in OperatorTable.All.OfType<ElementwiseOperator>())
        {
            bool isBinary = function is Maximum or Minimum or ElementwisePower;
            double[] a = [.. isBinary ? special.SelectMany(_ => special) : special], b = [.. special.SelectMany(e => Enumerable.Repeat(e, special.Length))];
            var compiled = CompiledExpression<double>.Parse(function is ElementwisePower ? "x.^y" : isBinary ? $"{function.Name}(x, y)" : $"{function.Name}(x)", isBinary ? ["x in R^n", "y in R^n"] : ["x in R^n"]);
            double[] found = compiled.Evaluate(isBinary ? [("x", NDArray.Vector<double>(a)), ("y", NDArray.Vector<double>(b))] : [("x", NDArray.Vector<double>(a))])[0].ToArray();
            for (int i = 0; i < a.Length; i++)
            {
                double expected = function.Evaluate(isBinary ? [a[i], b[i]] : [a[i]]);
                Assert.True(expected.Equals(found[i]) || Math.Abs(expected - found[i]) <= 1e-13 * Math.Abs(expected), $"{function.Name} of {a[i]}{(isBinary ? $" and {b[i]}" : "")}: {found[i]}, by its operator {expected}.");
            }
        }
    }

    [Theory]
    [InlineData("inv(A'*A + eye(4))*w", 1e8, 1)]
    [InlineData("logdet(A'*A + eye(4))", 1e9, 1)]
    [InlineData("w'*inv(A'*A + eye(4))*w", 1e12, 1)]
    [InlineData("w'*inv(A'*A + eye(4))*w", double.PositiveInfinity, 1)]
    public void Definite_matrices_that_are_singular_in_working_precision_are_refused(string program, double size, int rows)
    {
        foreach (bool isDerivative in new[] { false, true })
        {
            string[] declare = [.. new[] { $"A in R^({rows} x 4)", "w in R^4" }.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
            var compiled = CompiledExpression<double>.Parse(program, declare, isDerivative ? Output.Derivative("A") : Output.Value);
            (string, NDArray<double>)[] values = [("A", NDArray<double>.FromArray([size, -0.3 * size, 0.7 * size, 0.1 * size], 1, 4)), ("w", [1, 2, 3, 4])];
            var error = Assert.Throws<NablaException>(() => compiled.Evaluate(values[..declare.Length]));
            Assert.True(error.Code is ErrorCode.Domain or ErrorCode.Singular, error.Message);
        }
    }

    [Theory]
    [InlineData("sum(sigmoid(x))", 1)]
    [InlineData("sum(log(1 + exp(x)))", 2)]
    [InlineData("sum(log(1 + exp(-x)))", 2)]
    [InlineData("-sum(log(sigmoid(x)))", 2)]
    [InlineData("sum(log(1 - sigmoid(x)))*(-1)", 2)]
    public void Slopes_of_sigmoids_are_not_zero_where_the_sigmoid_is_one(string program, int order)
    {
        Check<double>(700, 1e-13);
        Check<float>(80, 1e-5f);

        void Check<T>(double largest, T bound)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            var compiled = CompiledExpression<T>.Parse(program, ["x in R^2"], [Output.Derivative("x", order)]);
            for (double at = 1; at <= largest; at *= 1.5)
            {
                var evaluation = compiled.CreateEvaluation();
                evaluation.Set("x", [T.CreateChecked(at), T.CreateChecked(-at)], 2);
                evaluation.Run();
                T e = T.Exp(T.CreateChecked(-at)), slope = e / ((T.One + e) * (T.One + e));
                T[] found = evaluation.ToArray(0).ToArray();
                foreach (T entry in (T[])[found[0], found[^1]]) Assert.True(T.Abs(entry - slope) <= bound * slope, $"{entry} instead of {slope} at {at}");
            }
        }
    }

    // The slope of tanh at x is four times that of the sigmoid at 2 x; its own slope is -2 tanh(x) times that.
    [Theory]
    [InlineData("sum(tanh(x))", 1, 4)]
    [InlineData("sum(log(cosh(x)))", 2, 4)]
    [InlineData("sum(tanh(x).^2)/2", 1, 4)]
    [InlineData("sum(tanh(x))", 2, -8)]
    [InlineData("sum(log(1 - tanh(x).^2))*(-1)", 2, 8)]
    public void Slopes_of_tanh_are_not_zero_where_tanh_is_one(string program, int order, double factor)
    {
        Check<double>(350, 1e-13);
        Check<float>(40, 1e-5f);

        void Check<T>(double largest, T bound)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            var compiled = CompiledExpression<T>.Parse(program, ["x in R^2"], [Output.Derivative("x", order)]);
            for (double at = 20; at <= largest; at *= 1.3)
            {
                var evaluation = compiled.CreateEvaluation();
                evaluation.Set("x", [T.CreateChecked(at), T.CreateChecked(1)], 2);
                evaluation.Run();
                T e = T.Exp(T.CreateChecked(-2 * at)), slope = T.CreateChecked(factor) * e / ((T.One + e) * (T.One + e));
                Assert.True(T.Abs(evaluation.ToArray(0).ToArray()[0] - slope) <= T.Abs(bound * slope), $"{evaluation.ToArray(0)} instead of {slope} at {at}");
            }
        }
    }

    [Fact]
    public void Cofactors_keep_their_digits_where_rows_and_columns_differ_in_size()
    {
        double[] entries = [1, -0.5, 0.25, 2.25, -1.5, -1.75, 0.5, 0.75, 3];
        int[] rows = [60, -40, 0], columns = [0, 30, -70];
        for (int order = 1; order <= 2; order++)
        {
            double[] plain = At([0, 0, 0], [0, 0, 0]), scaled = At(rows, columns);
            for (int k = 0; k < plain.Length; k++)
            {
                // A minor has the sizes of the rows and columns that are not left out.
                int[] left = order == 1 ? [k / 3, k % 3] : [k / 27, k / 9 % 3, k / 3 % 3, k % 3];
                int exponent = rows.Sum() + columns.Sum() - left.Select((place, axis) => (axis % 2 == 0 ? rows : columns)[place]).Sum();
                Assert.Equal(plain[k], Math.ScaleB(scaled[k], -exponent), 1e-12);
            }

            double[] At(int[] r, int[] c)
            {
                var M = NDArray<double>.FromArray([.. entries.Select((e, k) => Math.ScaleB(e, r[k / 3] + c[k % 3]))], 3, 3);
                return Expressions.Questions.Derivative(new() { Expression = "det(M)", Declare = ["M in R^(3 x 3)"], Wrt = "M", Order = order, At = new Dictionary<string, NDArray<double>> { ["M"] = M }, Check = false }).Derivative.Value!.ToArray();
            }
        }
    }

    private static double[][]? Results<T>(CompiledExpression<T> compiled, Dictionary<string, NDArray<double>> point)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return [.. compiled.Evaluate(compiled.Inputs.Select(n => (n, Array(point[n].Shape, [.. point[n].ToArray().Select(T.CreateTruncating)])))).Select(r => r.ToArray().Select(double.CreateTruncating).ToArray())];
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return null;
        }
    }

    // Entries of single precision, so that both plans see the same.
    private static NDArray<double> Value(string declaration, Random random, int exponent)
    {
        int[] shape = declaration.Contains('(', StringComparison.Ordinal) ? [.. declaration.Split('(', ')')[1].Split(" x ").Select(int.Parse)] : declaration.Contains('^', StringComparison.Ordinal) ? [int.Parse(declaration.Split('^')[1])] : [];
        double[] entries = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (double)(float)Math.ScaleB(0.2 + random.NextDouble(), exponent))];
        if (declaration.Contains("definite", StringComparison.Ordinal))
            for (int i = 0; i < 4; i++)
                for (int j = 0; j <= i; j++) entries[4 * j + i] = entries[4 * i + j] = (float)(entries[4 * i + j] * (i == j ? 4 : 0.5));
        return Array(shape, entries);
    }

    private static NDArray<T> Array<T>(ReadOnlySpan<int> shape, T[] entries)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => shape.Length == 0 ? NDArray<T>.Scalar(entries[0]) : NDArray<T>.FromArray(entries, shape);
}
