using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Fuzz;
using Nabla.Numerics;
using static Nabla.Expressions.DerivativeStructure;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Derivatives that are not formed, against the dense ones.</summary>
public class StructuredDerivativeTests(ITestOutputHelper output)
{
    private const int Programs = 400;

    // m is 7, n is 5, k is 2, p is 3.
    [Theory]
    [InlineData("sin(x)", "x", 1, Diagonal)]
    [InlineData("sin(X).*Y", "X", 1, Diagonal)]
    [InlineData("sum(exp(x))", "x", 2, Diagonal)]
    [InlineData("sum(log(1 + exp(X)))", "X", 2, Diagonal)]
    [InlineData("D*D*x", "D", 1, Dense)]
    [InlineData("W*x", "W", 1, Kronecker)]
    [InlineData("y'*W", "W", 1, Kronecker)]
    [InlineData("A*X*B", "X", 1, Kronecker)]
    [InlineData("x*c'", "x", 1, Kronecker)]
    [InlineData("c*x'", "x", 1, Kronecker)]
    [InlineData("normF(T - U*V')^2", "U", 2, Kronecker)]
    [InlineData("normF(A*X*B)^2", "X", 2, Kronecker)]
    [InlineData("softmax(x)", "x", 1, LowRankPlusDiagonal)]
    [InlineData("x*(c'*x)", "x", 1, LowRankPlusDiagonal)]
    [InlineData("lse(x) + x'*Q*Q'*x", "x", 2, LowRankPlusDiagonal)]
    [InlineData("Q*sin(Q'*x)", "x", 1, LowRankPlusDiagonal)]
    [InlineData("Q*tanh(Q'*x) + x.^3", "x", 1, LowRankPlusDiagonal)]
    [InlineData("(c'*x)^4", "x", 2, LowRankPlusDiagonal)]
    [InlineData("sum(log(1 + exp(A*x)))", "x", 2, Symmetric)]
    [InlineData("S*x", "x", 1, Symmetric)]
    [InlineData("-logdet(S)", "S", 2, Symmetric)]
    [InlineData("sin(A*x)", "x", 1, Dense)]
    [InlineData("X*X'", "X", 1, Dense)]
    [InlineData("inv(M)*x", "M", 1, Kronecker)]
    [InlineData("A*y", "x", 1, Zero)]
    [InlineData("c'*x", "x", 2, Zero)]
    public void The_structure_is_known_and_holds(string program, string variable, int order, DerivativeStructure expected)
    {
        string[] declare = ["A in R^(m x n)", "T in R^(m x p)", "U in R^(m x k)", "V in R^(p x k)", "X in R^(n x k)", "Y in R^(n x k)", "B in R^(k x p)", "x in R^n", "c in R^n", "y in R^n", "W in R^(n x n)", "M in R^(n x n)", "D in R^(n x n)", "Q in R^(n x k)", "S in R^(n x n) positive definite"];
        var J = order == 1 ? StructuredDerivative<double>.Jacobian(program, declare, variable) : StructuredDerivative<double>.Hessian(program, declare, variable);
        var sizes = new Dictionary<string, int> { ["m"] = 7, ["n"] = 5, ["k"] = 2, ["p"] = 3 };
        foreach (string name in J.Inputs) J.Set(name, name == "S" ? Definite(5) : Random(name[0], ShapeOf(declare.First(d => d[..1] == name), sizes)));
        Assert.Equal(expected, J.Structure);
        Check(J, new Random(order), program);
    }

    [Fact]
    public void Random_programs_have_the_same_products_diagonals_and_blocks_as_their_dense_derivatives()
    {
        var seen = new SortedDictionary<DerivativeStructure, int>();
        int compared = 0;
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = ProgramGenerator.Of(seed);
            if (program.Order > 2) continue;
            var random = new Random(seed);
            StructuredDerivative<double> J;
            NDArray<double> expected;
            try
            {
                J = program.Order == 1 ? StructuredDerivative<double>.Jacobian(program.Text, program.Declare, program.Wrt) : StructuredDerivative<double>.Hessian(program.Text, program.Declare, program.Wrt);
                var point = new PointGenerator(program.Typed(), random).Next();
                expected = Expressions.Questions.Derivative(program.Request with { At = point, Check = false }).Derivative.Value!;
                if (!expected.ToArray().All(e => Math.Abs(e) < 1e6)) continue;
                foreach (string name in J.Inputs) J.Set(name, point[name]);
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported or ErrorCode.Kind)
            {
                continue;
            }
            AreClose(expected, J.ToDense(), $"seed {seed}: {program}");
            Check(J, random, $"seed {seed}: {program}");
            seen[J.Structure] = seen.GetValueOrDefault(J.Structure) + 1;
            compared++;
        }
        output.WriteLine($"{compared} compared: {string.Join(", ", seen)}");
        Assert.True(compared > Programs / 3, $"Only {compared} of {Programs} programs could be compared.");
        Assert.True(seen.Count >= 5, $"Only {string.Join(", ", seen)}.");
    }

    [Theory]
    [InlineData("(x - c)'*inv(S)*(x - c)", "S")]
    [InlineData("norm2(log1p(abs(A))*x)", "A")]
    [InlineData("normF(A'*A)^2", "A")]
    [InlineData("lse(A*x)*norm2(A*c)", "A")]
    [InlineData("logdet(M'*M + eye(n))", "M")]
    [InlineData("sum(tanh(A*x))^2", "x")]
    public void Every_block_is_the_part_of_the_dense_matrix(string program, string variable)
    {
        string[] declare = ["A in R^(m x n)", "M in R^(n x n)", "S in R^(n x n) positive definite", "x in R^n", "c in R^n"];
        var sizes = new Dictionary<string, int> { ["m"] = 4, ["n"] = 3 };
        var H = StructuredDerivative<double>.Hessian(program, declare, variable);
        foreach (string name in H.Inputs) H.Set(name, name == "S" ? Definite(3) : Random(name[0], ShapeOf(declare.First(d => d[..1] == name), sizes)));
        var dense = H.ToDense();
        var random = new Random(5);
        for (int k = 0; k < 200; k++)
        {
            Range[] ranges = [.. H.Shape.Select(size => random.Next(size) is var start ? start..(start + 1 + random.Next(size - start)) : ..)];
            AreClose(dense.Slice(ranges).Copy(), H.Block(ranges), string.Join(' ', ranges));
        }
    }

    [Fact]
    public void Large_derivatives_never_exist_on_the_way_to_a_product()
    {
        const int n = 2000;
        var W = StructuredDerivative<double>.Jacobian("W*x", ["W in R^(n x n)", "x in R^n"], "W");
        W.Set("W", NDArray<double>.Identity(n));
        W.Set("x", Random(1, n));
        Assert.Equal(Kronecker, W.Structure);
        Assert.Equal(8.0 * n * n * n, W.DenseBytes);
        Assert.InRange(W.ProductBytes, 8 * n, 100_000);
        AreClose(NDArray.MatMul(Random(2, n, n), Random(1, n)), W * Random(2, n, n), "W*x");
        var error = Assert.Throws<NablaException>(() => W.ToDense());
        Assert.Equal(ErrorCode.Limit, error.Code);
        Assert.Contains("2000 x 2000 x 2000", error.Message, StringComparison.Ordinal);
        Assert.Contains("64000000000 bytes", error.Message, StringComparison.Ordinal);

        var H = StructuredDerivative<double>.Hessian("normF(T - U*V')^2", ["T in R^(m x n)", "U in R^(m x k)", "V in R^(n x k)"], "U");
        H.Set("T", NDArray<double>.Zeros(n, n));
        H.Set("U", Random(1, n, 5));
        var V = Random(2, n, 5);
        H.Set("V", V);
        Assert.Equal(Kronecker, H.Structure);
        Assert.Equal(8.0 * n * 5 * n * 5, H.DenseBytes);
        Assert.InRange(H.ProductBytes, 8 * n * 5, 8 * n * 5 + 10_000);
        var v = Random(3, n, 5);
        AreClose(NDArray.MatMul(v, NDArray.MatMul(V.Transpose(), V)) * 2.0, H * v, "U");
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => H.ToDense(700_000_000)).Code);
        Assert.Equal([3, 5], H.Block(7..8, 1..4, 7..8, ..).Reshape(3, 5).Shape.ToArray());
    }

    [Fact]
    public void What_does_not_depend_on_the_vector_is_computed_once_and_again_at_another_point()
    {
        var (A, x) = (Expr.Matrix("A", "m", "n"), Expr.Vector("x", "n"));
        var f = Expr.Call("lse", A * x);
        var H = f.Hessian(x, (A, Random(1, 30, 20)), (x, Random(2, 20)));
        double[] v = Random(3, 20).ToArray(), product = new double[20];
        for (int point = 2; point < 4; point++)
        {
            H.Set("x", Random(point, 20));
            var dense = H.ToDense();
            for (int k = 0; k < 3; k++)
            {
                v[k] += 1;
                H.Times(v, product);
                AreClose(NDArray.MatMul(dense, NDArray.Vector<double>(v)), NDArray.Vector<double>(product), "lse");
            }
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 50; k++) H.Times(v, product);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Bad_questions_are_refused_with_what_is_needed()
    {
        var J = StructuredDerivative<double>.Jacobian("sin(A*x)", ["A in R^(m x n)", "x in R^n"], "x");
        J.Set("A", Random(1, 4, 3));
        Assert.Contains("needed for x", Assert.Throws<NablaException>(() => J.Times(Random(1, 3))).Message, StringComparison.Ordinal);
        J.Set("x", Random(2, 3));
        Assert.Contains("must be 3, but it is 4", Assert.Throws<NablaException>(() => J.Times(Random(1, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("must be 4, but it is 3", Assert.Throws<NablaException>(() => J.TransposedTimes(Random(1, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("function is m and the variable n", Assert.Throws<NablaException>(() => J.Diagonal()).Message, StringComparison.Ordinal);
        Assert.Contains("2..5 of axis 1", Assert.Throws<NablaException>(() => J.Block(2..5, ..)).Message, StringComparison.Ordinal);
        Assert.Contains("each of the 2 axes", Assert.Throws<NablaException>(() => J.Block(..)).Message, StringComparison.Ordinal);
        Assert.Contains("Dense", Assert.Throws<NablaException>(() => J.KroneckerFactors()).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Name, Assert.Throws<NablaException>(() => J.Set("z", Random(1, 3))).Code);
        Assert.Equal(ErrorCode.Kind, Assert.Throws<NablaException>(() => StructuredDerivative<double>.Hessian("A*x", ["A in R^(m x n)", "x in R^n"], "x")).Code);
    }

    // What must hold of every derivative: its dense form has the claimed structure, and all that is computed without it agrees with it.
    private static void Check(StructuredDerivative<double> J, Random random, string what)
    {
        var dense = J.ToDense();
        int[] shape = dense.Shape.ToArray();
        Assert.Equal(shape, J.Shape);
        int[] function = shape[..J.FunctionAxes], variable = shape[J.FunctionAxes..];
        int m = function.Aggregate(1, (a, b) => a * b), n = variable.Aggregate(1, (a, b) => a * b);
        var matrix = dense.Reshape(m, n);
        var v = Random(random.Next(), variable);
        var expected = NDArray.MatMul(matrix, v.Reshape(n)).Reshape(function);
        AreClose(expected, J.Times(v), what);
        double[] into = new double[m];
        J.Times(v.ToArray(), into);
        AreClose(expected, NDArray<double>.FromArray(into, m).Reshape(function), what);
        var u = Random(random.Next(), function);
        AreClose(NDArray.MatMul(matrix.Transpose(), u.Reshape(m)).Reshape(variable), J.TransposedTimes(u), what);
        if (function.SequenceEqual(variable) && J.Structure != Dense) AreClose(matrix.Diagonal().Copy().Reshape(variable), J.Diagonal(), what);
        for (int k = 0; k < 3; k++)
        {
            Range[] ranges = [.. shape.Select(size => random.Next(size) is var start && random.Next(4) == 0 ? .. : start..(start + 1 + random.Next(size - start)))];
            if (k == 1 && function.SequenceEqual(variable)) ranges = [.. ranges[..function.Length], .. ranges[..function.Length]];
            AreClose(shape.Length == 0 ? dense : dense.Slice(ranges).Copy(), J.Block(ranges), what);
        }
        switch (J.Structure)
        {
            case Zero:
                Assert.All(dense.ToArray(), e => Assert.Equal(0, e));
                break;
            case Diagonal:
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n; j++) Assert.True(i == j || matrix[i, j] == 0, what);
                break;
            case Kronecker:
                var (A, B) = J.KroneckerFactors();
                AreClose(matrix, NDArray.Kron(A, B), what);
                break;
            case LowRankPlusDiagonal:
                var (d, L, R) = J.LowRankFactors();
                Assert.True(L.Columns < Math.Min(m, n), what);
                var product = NDArray.MatMul(L, R.Transpose());
                AreClose(matrix, d is null ? product : product + NDArray.Diagonal(d.Reshape(n)), what);
                break;
            case Symmetric:
                AreClose(matrix, matrix.Transpose().Copy(), what);
                break;
        }
    }

    private static int[] ShapeOf(string declaration, Dictionary<string, int> sizes)
    {
        string set = declaration.Split("R^")[1].Split(" positive")[0].Trim('(', ')');
        return [.. set.Split(" x ").Select(name => sizes[name])];
    }

    private static NDArray<double> Definite(int n)
    {
        var G = Random(9, n, n);
        return NDArray.MatMul(G, G.Transpose()) + NDArray<double>.Identity(n);
    }

    private static NDArray<double> Random(int seed, params int[] shape)
    {
        var random = new Random(seed);
        double[] entries = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => 2 * random.NextDouble() - 1)];
        return shape.Length == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, shape);
    }

    private static void AreClose(NDArray<double> expected, NDArray<double> found, string what)
    {
        Assert.Equal(expected.Shape.ToArray(), found.Shape.ToArray());
        double[] e = expected.ToArray(), f = found.ToArray();
        double tolerance = 1e-9 * Math.Max(1, e.Length == 0 ? 0 : e.Max(Math.Abs));
        for (int i = 0; i < e.Length; i++) Assert.True(Math.Abs(e[i] - f[i]) <= tolerance, $"{what}: entry {i} is {f[i]:R} instead of {e[i]:R}");
    }
}
