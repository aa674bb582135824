using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

public class CompiledExpressionTests
{
    private static readonly string[] s_logistic = ["X in R^(m x n)", "w in R^n", "y in R^m"];

    [Fact]
    public void Repeated_runs_allocate_nothing_and_sizes_may_change()
    {
        var compiled = CompiledExpression<double>.Parse("sum(log(1 + exp(-y.*(X*w))))", s_logistic, Output.Value, Output.Derivative("w"), Output.Derivative("w", 2));
        var evaluation = compiled.CreateEvaluation();
        foreach (int m in new[] { 7, 12 })
        {
            evaluation.Set("X", Random(1, m, 3));
            evaluation.Set("w", Random(2, 3));
            evaluation.Set("y", Random(3, m));
            for (int k = 0; k < 3; k++) evaluation.Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 100; k++) evaluation.Run();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(3, evaluation.Result("dw").Length);
            Assert.Equal(9, evaluation.Result("d2w").Length);
        }
    }

    [Fact]
    public void Bytes_are_known_before_the_run_and_hold_all_results()
    {
        var evaluation = CompiledExpression<double>.Parse("x'*A*x", ["A in R^(n x n)", "x in R^n"], Output.Derivative("x", 2)).CreateEvaluation();
        evaluation.Set("A", Random(1, 64, 64));
        evaluation.Set("x", Random(2, 64));
        Assert.Equal(64 * 64 * sizeof(double), evaluation.Bytes);
    }

    [Fact]
    public void Products_with_vectors_are_those_of_the_dense_derivative_and_never_form_it()
    {
        var hessian = CompiledExpression<double>.Parse("lse(A*x)", ["A in R^(m x n)", "x in R^n"], Output.Derivative("x", 2), Output.HessianTimes("x", "v"));
        var results = hessian.Evaluate(("A", Random(1, 40, 30)), ("x", Random(2, 30)), ("v", Random(3, 30)));
        AreClose(NDArray.MatMul(results[0], Random(3, 30)), results[1]);

        var jacobian = CompiledExpression<double>.Parse("sin(A*x)", ["A in R^(m x n)", "x in R^n"], Output.Derivative("x"), Output.JacobianTimes("x", "v"), Output.TimesJacobian("u", "x"));
        results = jacobian.Evaluate(("A", Random(1, 20, 30)), ("x", Random(2, 30)), ("v", Random(3, 30)), ("u", Random(4, 20)));
        AreClose(NDArray.MatMul(results[0], Random(3, 30)), results[1]);
        AreClose(NDArray.MatMul(results[0].Transpose(), Random(4, 20)), results[2]);

        // d(W*x)/dW would have n^3 entries: 64 GB; the product with a matrix needs a few vectors.
        var large = CompiledExpression<double>.Parse("W*x", ["W in R^(n x n)", "x in R^n"], Output.JacobianTimes("W", "V")).CreateEvaluation();
        large.Set("W", NDArray<double>.Identity(2000));
        large.Set("x", Random(1, 2000));
        large.Set("V", Random(2, 2000, 2000));
        Assert.True(large.Bytes < 100_000, $"The product needs {large.Bytes} bytes.");
        large.Run();
        AreClose(NDArray.MatMul(Random(2, 2000, 2000), Random(1, 2000)), large.ToArray(0));
    }

    [Fact]
    public void The_factorisation_of_a_positive_definite_matrix_is_shared()
    {
        var compiled = CompiledExpression<double>.Parse(
            "-1/2*logdet(S) - 1/2*(t - mu)'*inv(S)*(t - mu)", ["S in R^(n x n) positive definite", "t in R^n", "mu in R^n"], Output.Value, Output.Derivative("mu"), Output.Derivative("S"));
        string report = compiled.Explain([.. compiled.Inputs.Select(name => name == "S" ? new[] { 50, 50 } : [50])]);
        Assert.Equal(1, report.Split('\n').Count(line => line.Contains("factorisation", StringComparison.Ordinal)));
        Assert.Contains("Cholesky", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_is_one_pass_and_a_product_with_a_diagonal_forms_no_matrix()
    {
        var chain = CompiledExpression<double>.Parse("((2*z + 1).*z - y)/2 + u.*y", ["z in R^n", "y in R^n", "u in R^n"]);
        Assert.StartsWith("1 steps", chain.Explain([1000], [1000], [1000]), StringComparison.Ordinal);
        var weighted = CompiledExpression<double>.Parse("X'*diag(s)*X*v", ["X in R^(m x n)", "s in R^m", "v in R^n"]).CreateEvaluation();
        weighted.Set("X", Random(1, 500, 40));
        weighted.Set("s", Random(2, 500));
        weighted.Set("v", Random(3, 40));
        Assert.True(weighted.Bytes < 20_000, $"The product needs {weighted.Bytes} bytes.");
    }

    [Fact]
    public void Bad_input_is_refused_with_the_name_and_the_values()
    {
        var evaluation = CompiledExpression<double>.Parse("sum(log(1 + exp(-y.*(X*w))))", s_logistic).CreateEvaluation();
        Assert.Contains("w, y", Assert.Throws<NablaException>(() => { evaluation.Set("X", Random(1, 4, 3)); evaluation.Run(); }).Message, StringComparison.Ordinal);
        Assert.Contains("no input z", Assert.Throws<NablaException>(() => evaluation.Set("z", 1.0)).Message, StringComparison.Ordinal);
        evaluation.Set("w", Random(2, 5));
        evaluation.Set("y", Random(3, 4));
        var error = Assert.Throws<NablaException>(evaluation.Run);
        Assert.Equal(ErrorCode.Shape, error.Code);
        Assert.Contains("3 by X, but 5 by w", error.Message, StringComparison.Ordinal);
        var definite = CompiledExpression<double>.Parse("logdet(S)", ["S in R^(n x n) positive definite"]);
        Assert.Equal(ErrorCode.Domain, Assert.Throws<NablaException>(() => definite.Evaluate(("S", NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 1 } })))).Code);
        var inverse = CompiledExpression<double>.Parse("inv(A)*b", ["A in R^(n x n)", "b in R^n"]);
        Assert.Equal(ErrorCode.Singular, Assert.Throws<NablaException>(() => inverse.Evaluate(("A", NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 4 } })), ("b", [1, 2]))).Code);
    }

    [Fact]
    public void Expressions_of_CSharp_compile_and_threads_share_a_plan()
    {
        var (A, x) = (Expr.Matrix("A", "m", "n"), Expr.Vector("x", "n"));
        var compiled = Expr.Call("norm2", A * x).Compile(Output.Value, Output.Derivative(x));
        var expected = compiled.Evaluate(("A", Random(1, 30, 20)), ("x", Random(2, 20)));
        Parallel.For(0, 16, _ =>
        {
            var results = compiled.Evaluate(("A", Random(1, 30, 20)), ("x", Random(2, 20)));
            Assert.True(results[1].SequenceEqual(expected[1]));
        });
    }

    [Fact]
    public void A_compiled_expression_is_a_function_of_its_inputs()
    {
        string[] declare = ["A in R^(n x n)", "x in R^n"];
        Func<NDArray<double>, NDArray<double>, double> f = CompiledExpression<double>.Parse("x'*A*x", declare).ToScalarFunction("x", "A");
        Func<NDArray<double>, NDArray<double>, NDArray<double>> gradient = CompiledExpression<double>.Parse("x'*A*x", declare, Output.Derivative("x")).ToFunction("x", "A");
        var (A, x) = (NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), NDArray.Vector<double>([1, 2]));
        Assert.Equal(27, f(x, A));
        Assert.Equal([12, 21], gradient(x, A).ToArray());
        Parallel.For(0, 8, _ => Assert.Equal(27, f(x, A)));
        Func<NDArray<double>, double> square = Expr.Parse("t^2").Compile().ToScalarFunction("t");
        Assert.Equal(9, square(3));
        var both = CompiledExpression<double>.Parse("x'*A*x", declare, Output.Value, Output.Derivative("x"));
        Assert.Contains("value, dx", Assert.Throws<NablaException>(() => both.ToFunction("A", "x")).Message, StringComparison.Ordinal);
        Assert.Contains("A, x", Assert.Throws<NablaException>(() => both.ToFunction("x")).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Kind, Assert.Throws<NablaException>(() => CompiledExpression<double>.Parse("A*x", declare).ToScalarFunction("A", "x")).Code);
    }

    private static NDArray<double> Random(int seed, params int[] shape)
    {
        var random = new Random(seed);
        return NDArray<double>.FromArray([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => 2 * random.NextDouble() - 1)], shape);
    }

    private static void AreClose(NDArray<double> expected, NDArray<double> found)
    {
        Assert.Equal(expected.Shape.ToArray(), found.Shape.ToArray());
        foreach (var (e, f) in expected.ToArray().Zip(found.ToArray())) Assert.True(Math.Abs(e - f) <= 1e-11, $"{f:R} instead of {e:R}");
    }
}
