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

    // A symmetric matrix is computed above the diagonal, a box at a time, and mirrored.
    [Theory]
    [InlineData("A + A'", 31)]
    [InlineData("A + A'", 64)]
    [InlineData("exp(A).*exp(A)' - 2*A.*A'", 97)]
    [InlineData("A - A'", 70)]
    [InlineData("2*A + A'", 70)]
    [InlineData("A./(1 + A'.*A')", 70)]
    public void Matrices_that_meet_their_transposes_are_whole(string expression, int n)
    {
        var A = Random(n, n, n);
        double[] expected = Expressions.Questions.Evaluate(new() { Expression = expression, At = new Dictionary<string, NDArray<double>> { ["A"] = A } }).Outputs[^1].Value.Real.ToArray();
        double[] found = CompiledExpression<double>.Parse(expression, ["A in R^(n x n)"], Output.Value).Evaluate(("A", A))[0].ToArray();
        for (int k = 0; k < found.Length; k++) Assert.Equal(expected[k], found[k], 1e-14 * (1 + Math.Abs(expected[k])));
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

    // The function has no finite value there, or its derivative has none; the plan computes the derivative alone.
    [Theory]
    [InlineData("log(x)", "x", -1, "function")]
    [InlineData("y + log(x)", "y", -1, "function")]
    [InlineData("log(x)", "x", 0, "function")]
    [InlineData("y + 1/x", "y", 0, "function")]
    [InlineData("sqrt(x)", "x", 0, "derivative")]
    [InlineData("y*sqrt(x)", "y", -4, "function")]
    [InlineData("y*arcsin(x)", "y", 2, "function")]
    [InlineData("exp(x)", "x", 1000, "derivative")]
    [InlineData("x*y", "y", double.NaN, "derivative")]
    public void Where_there_is_no_value_the_derivative_is_refused(string program, string variable, double x, string what)
    {
        var compiled = CompiledExpression<double>.Parse(program, ["x in R", "y in R"], Output.Derivative(variable));
        var evaluation = compiled.CreateEvaluation();
        foreach (string name in compiled.Inputs) evaluation.Set(name, name == "x" ? x : 2);
        var error = Assert.Throws<NablaException>(evaluation.Run);
        Assert.Equal(ErrorCode.Domain, error.Code);
        Assert.StartsWith($"The {what} is not defined", error.Message, StringComparison.Ordinal);
        // A refusal spoils nothing: where there is a value the next run gives it.
        evaluation.Set("x", 0.25);
        evaluation.Run();
        Assert.True(double.IsFinite(evaluation.Scalar(0)));
    }

    [Fact]
    public void One_entry_that_is_not_finite_is_found_and_named()
    {
        var compiled = CompiledExpression<double>.Parse("sum(exp(X))", ["X in R^(m x n)"], Output.Derivative("X"));
        foreach (int at in new[] { 0, 511, 512, 3001, 5999 })
        {
            var X = NDArray<double>.Zeros(60, 100);
            X.AsSpan()[at] = 1000;
            Assert.Contains($"entry {at + 1} of 6000 of dX", Assert.Throws<NablaException>(() => compiled.Evaluate(("X", X))).Message, StringComparison.Ordinal);
        }
        // The value alone may be infinite, as in the interpreter.
        Assert.Equal(double.PositiveInfinity, CompiledExpression<double>.Parse("exp(x)", ["x in R"]).Evaluate(("x", 1000))[0].ToScalar());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Products_with_one_matrix_are_made_in_one_pass(int threads)
    {
        int before = Parallelism.Threads;
        try
        {
            Parallelism.Threads = threads;
            NDArray<double> X = Random(1, 1037, 61), w = Random(2, 61), y = Random(3, 1037), v = Random(4, 61);
            var gradient = CompiledExpression<double>.Parse("sum(log(1 + exp(-y.*(X*w))))", s_logistic, Output.Derivative("w"));
            Assert.StartsWith("2 steps", gradient.Explain([1037, 61], [61], [1037]), StringComparison.Ordinal);
            Assert.Contains("in one pass over the matrix: product of 1037 x 61 and 61 x 1", gradient.Explain([1037, 61], [61], [1037]), StringComparison.Ordinal);
            var z = NDArray.MatMul(X, w);
            var slopes = NDArray<double>.FromArray([.. y.ToArray().Zip(z.ToArray(), (a, b) => -a / (1 + Math.Exp(a * b)))], 1037);
            AreClose(NDArray.MatMul(X.Transpose(), slopes), gradient.Evaluate(("X", X), ("w", w), ("y", y))[0]);

            // X*w and X*v in one pass, X' in another: p'*(X*v) takes X*v and does not read X again.
            var product = CompiledExpression<double>.Parse("lse(X*w)", ["X in R^(m x n)", "w in R^n"], Output.HessianTimes("w", "v"));
            string report = product.Explain([1037, 61], [61], [61]);
            Assert.Equal(3, report.Split("1037 x 61 and").Length + report.Split("61 x 1037 and").Length - 2);
            var dense = CompiledExpression<double>.Parse("lse(X*w)", ["X in R^(m x n)", "w in R^n"], Output.Derivative("w", 2)).Evaluate(("X", X), ("w", w))[0];
            AreClose(NDArray.MatMul(dense, v), product.Evaluate(("X", X), ("w", w), ("v", v))[0]);
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    [Fact]
    public void The_Newton_matrix_is_seen_to_be_definite_and_LU_allocates_nothing()
    {
        const string Step = "p = sigmoid(X*w); (X'*diag(p.*(1 - p))*X + l*eye(rows(w))) \\ (X'*(p - y))";
        var newton = CompiledExpression<double>.Parse(Step, ["X in R^(m x n)", "w in R^n", "y in R^m", "l in R positive"]);
        Assert.Contains("Cholesky", newton.Explain([40, 30], [30], [40], []), StringComparison.Ordinal);
        NDArray<double> X = Random(1, 40, 30), w = Random(2, 30), y = Random(3, 40);
        double[] p = [.. NDArray.MatMul(X, w).ToArray().Select(t => 1 / (1 + Math.Exp(-t)))];
        var weights = NDArray.Diagonal(NDArray.Vector<double>([.. p.Select(t => t * (1 - t))]));
        var H = NDArray.MatMul(X.Transpose(), NDArray.MatMul(weights, X)) + NDArray<double>.Identity(30) * 0.5;
        var g = NDArray.MatMul(X.Transpose(), NDArray.Vector<double>(p) - y);
        AreClose(new LU<double>(H).Solve(g), newton.Evaluate(("X", X), ("w", w), ("y", y), ("l", 0.5))[0]);

        var solutions = CompiledExpression<double>.Parse("b'*inv(A)*c", ["A in R^(n x n)", "b in R^n", "c in R^n"], Output.Value, Output.Derivative("b"), Output.Derivative("c"), Output.Derivative("A")).CreateEvaluation();
        var A = Random(5, 30, 30) + NDArray<double>.Identity(30) * 4.0;
        solutions.Set("A", A);
        solutions.Set("b", Random(6, 30));
        solutions.Set("c", Random(7, 30));
        for (int k = 0; k < 3; k++) solutions.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 20; k++) solutions.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        AreClose(new LU<double>(A).Solve(Random(7, 30)), solutions.ToArray(1));
        AreClose(new LU<double>(A.Transpose().Copy()).Solve(Random(6, 30)), solutions.ToArray(2));
    }

    [Fact]
    public void A_negative_definite_matrix_is_factored_as_its_negative()
    {
        string[] declare = ["S in R^(n x n) positive definite", "b in R^n"];
        var S = NDArray.Matrix(new double[,] { { 2, 1 }, { 1, 3 } });
        var solve = CompiledExpression<double>.Parse("(-2*S - S) \\ b", declare);
        AreClose(new LU<double>(S).Solve(NDArray.Vector<double>([1, 2])) * (-1.0 / 3), solve.Evaluate(("S", S), ("b", [1, 2]))[0]);
        var logdet = CompiledExpression<double>.Parse("logdet(-S)", declare[..1]);
        AreClose(NDArray<double>.Scalar(Math.Log(5)), logdet.Evaluate(("S", S))[0]);
        Assert.Equal(ErrorCode.Domain, Assert.Throws<NablaException>(() => logdet.Evaluate(("S", NDArray<double>.Identity(3)))).Code);
    }

    [Fact]
    public void Softplus_keeps_its_digits()
    {
        double[] x = [.. Enumerable.Range(-3000, 6001).Select(k => k * 0.0137), -700, -40, 1e-300, 0, 700, 1e300, double.PositiveInfinity, double.NegativeInfinity];
        double[] found = CompiledExpression<double>.Parse("softplus(x)", ["x in R^n"]).Evaluate(("x", NDArray.Vector<double>(x)))[0].ToArray();
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Max(x[i], 0) + Elementary.Log1p(NDArray.Vector<double>([Math.Exp(-Math.Abs(x[i]))]))[0];
            Assert.True(found[i] == expected || Math.Abs(found[i] - expected) <= 1e-15 * expected, $"softplus({x[i]:R}) = {found[i]:R} instead of {expected:R}");
        }
        Assert.True(double.IsNaN(CompiledExpression<double>.Parse("softplus(x)", ["x in R"]).Evaluate(("x", double.NaN))[0].ToScalar()));
    }

    [Theory]
    [InlineData("sum(x.^3)", "x", 2, "x")]
    [InlineData("(x'*w)^2*sum(sin(x))", "x", 2, "x")]
    [InlineData("(x'*w)^2*sum(sin(x))", "x", 2, "w")]
    [InlineData("x.^3.*w", "x", 1, "x")]
    [InlineData("x.^3.*w", "x", 1, "w")]
    [InlineData("x*(w'*x)", "x", 1, "x")]
    [InlineData("sin(w)", "x", 1, "x")]
    public void A_variable_may_be_the_vector_that_a_derivative_is_multiplied_by(string program, string variable, int order, string vector)
    {
        string[] declare = program.Contains('w', StringComparison.Ordinal) ? ["x in R^n", "w in R^n"] : ["x in R^n"];
        Output[] outputs = order == 2 ? [Output.HessianTimes(variable, vector)] : [Output.JacobianTimes(variable, vector), Output.TimesJacobian(vector, variable)];
        var compiled = CompiledExpression<double>.Parse(program, declare, [Output.Derivative(variable, order), .. outputs]);
        var point = compiled.Inputs.Select(n => (n, Random(n[0], 4))).ToDictionary();
        var results = compiled.Evaluate(point.Select(p => (p.Key, p.Value)));
        double[] J = results[0].ToArray(), v = point[vector].ToArray();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(Enumerable.Range(0, 4).Sum(j => J[4 * i + j] * v[j]), results[1].ToArray()[i], 1e-13);
            if (order == 1) Assert.Equal(Enumerable.Range(0, 4).Sum(j => J[4 * j + i] * v[j]), results[2].ToArray()[i], 1e-13);
        }
    }

    [Fact]
    public void Outputs_that_are_nothing_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Output.HessianTimes("x", null!));
        Assert.Throws<ArgumentException>(() => Output.TimesJacobian("", "x"));
        Assert.Contains("each of the 2", Assert.Throws<NablaException>(() => CompiledExpression<double>.Parse("norm2(x)", ["x in R^n"], Output.Value, null!)).Message, StringComparison.Ordinal);
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
