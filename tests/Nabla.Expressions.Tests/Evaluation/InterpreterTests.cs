using System.Globalization;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Operators;

namespace Nabla.Expressions.Tests.Evaluation;

public class InterpreterTests
{
    private static readonly (string, Value)[] s_values =
    [
        ("A", Value.Matrix(2, 2, [1, 2, 3, 4])), ("B", Value.Matrix(2, 3, [1, 2, 3, 4, 5, 6])), ("x", Value.Column(1, 2)), ("y", Value.Column(3, 5)),
        ("v", Value.Column(1, 2, 3)), ("c", Value.Scalar(2)), ("N", Value.Matrix(2, 2, [1, 2, 2, 4])), ("R", Value.Matrix(2, 2, [0, 1, -1, 0])),
    ];

    private static Outcome Run(string program, Work? work = null)
    {
        var syntax = Parser.Parse(program);
        var given = s_values.ToDictionary(v => v.Item1, v => v.Item2.Kind switch
        {
            Kind.Scalar => GivenShape.Scalar,
            Kind.Matrix => GivenShape.Matrix(v.Item2.Rows, v.Item2.Columns),
            _ => GivenShape.Vector(v.Item2.Count),
        });
        return Interpreter.Evaluate(Inference.Infer(syntax, [], given), s_values.ToDictionary(v => v.Item1, v => v.Item2), work ?? Work.Unlimited);
    }

    private static string Text(Value value)
    {
        string[] entries = [.. Enumerable.Range(0, value.Count).Select(k => value.IsComplex
            ? $"{Math.Round(value[k].Real, 12) + 0.0}{(value[k].Imaginary < 0 ? "-" : "+")}{Math.Abs(Math.Round(value[k].Imaginary, 12))}i"
            : (Math.Round(value.Real[k], 12) + 0.0).ToString(CultureInfo.InvariantCulture))];
        return value.Kind switch
        {
            Kind.Scalar => entries[0],
            Kind.Column => $"({string.Join(" ", entries)})'",
            Kind.Row => $"({string.Join(" ", entries)})",
            _ => $"[{string.Join("; ", Enumerable.Range(0, value.Rows).Select(i => string.Join(" ", entries.Skip(i * value.Columns).Take(value.Columns))))}]",
        };
    }

    [Theory]
    [InlineData("2^3^2", "512")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^2^2^2^2^2", "Infinity")]
    [InlineData("(1/3)^1000000000", "0")]
    [InlineData("x'*y", "13")]
    [InlineData("x*y'", "[3 5; 6 10]")]
    [InlineData("x'", "(1 2)")]
    [InlineData("x''", "(1 2)'")]
    [InlineData("x'*A", "(7 10)")]
    [InlineData("A*x - y", "(2 6)'")]
    [InlineData("1 - x", "(0 -1)'")]
    [InlineData("A + 1", "[2 3; 4 5]")]
    [InlineData("x./y'*0 + 1", null, ErrorCode.Shape)]
    [InlineData("x/c", "(0.5 1)'")]
    [InlineData("c \\ x", "(0.5 1)'")]
    [InlineData("A \\ x", "(0 0.5)'")]
    [InlineData("A^2", "[7 10; 15 22]")]
    [InlineData("A^-1*A", "[1 0; 0 1]")]
    [InlineData("A^0", "[1 0; 0 1]")]
    [InlineData("A.^x[2]", "[1 4; 9 16]")]
    [InlineData("max(A, 2.5)", "[2.5 2.5; 3 4]")]
    [InlineData("max(A) - min(A)", "3")]
    [InlineData("sum(B, 1)", "(5 7 9)")]
    [InlineData("sum(B, 2)", "(6 15)'")]
    [InlineData("mean(B)", "3.5")]
    [InlineData("prod(B, 2)", "(6 120)'")]
    [InlineData("sum(x, 1) + sum(x', 2)", "6")]
    [InlineData("sum(x, 2)", "(1 2)'")]
    [InlineData("kron(x, y')", "[3 5; 6 10]")]
    [InlineData("kron(x, y)", "(3 5 6 10)'")]
    [InlineData("x ⊗ c", "(2 4)'")]
    [InlineData("vec(B)", "(1 4 2 5 3 6)'")]
    [InlineData("diag(A)", "(1 4)'")]
    [InlineData("diag(x')", "[1 0; 0 2]")]
    [InlineData("eye(rows(B)) + ones(2, 2)", "[2 1; 1 2]")]
    [InlineData("A*vector(1)", "(3 7)'")]
    [InlineData("zeros(2)", "(0 0)'")]
    [InlineData("cols(B)/rows(v')", "3")]
    [InlineData("[A, x; y', c]", "[1 2 1; 3 4 2; 3 5 2]")]
    [InlineData("B[2,:]", "(4 5 6)")]
    [InlineData("B[:,3]", "(3 6)'")]
    [InlineData("B[:,:][1,2]", "2")]
    [InlineData("x'[2] + v[:][3]", "5")]
    [InlineData("sum[i,j](x[i]*A[i,j]*x[j])", "27")]
    [InlineData("sum[i](A[i,:]*x*y[i])", "70")]
    [InlineData("prod[i](x[i] + y[i])", "28")]
    [InlineData("sum[i](sum[i](x[i])*y[i])", "24")]
    [InlineData("sum[i](x[i]*A)", "[3 6; 9 12]")]
    [InlineData("z = A*x; w = 1/0; z'*z", "146")]
    [InlineData("norm2(y - x) + normF(A - A) + norminf(-v) + norm1(-x)", "9.605551275464")]
    [InlineData("det(A)", "-2")]
    [InlineData("det(N)", "0")]
    [InlineData("logdet(A*A')", "1.38629436112")]
    [InlineData("lse(1000*v)", "3000")]
    [InlineData("softmax(1000*x)", "(0 1)'")]
    [InlineData("rank(N)", "1")]
    [InlineData("rref(N)", "[1 2; 0 0]")]
    [InlineData("M = null(N); rows(M'*N)", "1")]
    [InlineData("M = null(A); cols(M)", "0")]
    [InlineData("eigvals(R)", "(0-1i 0+1i)'")]
    [InlineData("w, V = eig(R); R*V - V*diag(w)", "[0 0; 0 0]")]
    [InlineData("w, V = eig(R); tr(diag(w)) + sum(w)", "0")]
    [InlineData("w, V = eig(A + A'); w", "(-0.830951894845 10.830951894845)'")]
    [InlineData("P, L, U = lu(B); P*L*U - B", "[0 0 0; 0 0 0]")]
    [InlineData("U, s, V = svd(B); U*diag(s)*V' - B", "[0 0 0; 0 0 0]")]
    [InlineData("Q, T = qr(B'); Q*T - B'", "[0 0; 0 0; 0 0]")]
    [InlineData("L = chol(A'*A); L*L' - A'*A", "[0 0; 0 0]")]
    [InlineData("lstsq(B', v)", "(1 0)'")]
    [InlineData("expm(0*A)", "[1 0; 0 1]")]
    [InlineData("log(-1)", "NaN")]
    [InlineData("1/0", "Infinity")]
    [InlineData("pi - 3", "0.14159265359")]
    [InlineData("inv(N)", null, ErrorCode.Singular)]
    [InlineData("N \\ x", null, ErrorCode.Singular)]
    [InlineData("logdet(A)", null, ErrorCode.Domain)]
    [InlineData("logdet(N)", null, ErrorCode.Singular)]
    [InlineData("chol(A)", null, ErrorCode.Domain)]
    [InlineData("chol(-eye(2))", null, ErrorCode.Domain)]
    [InlineData("svdvals(A/0)", null, ErrorCode.Domain)]
    [InlineData("exp(eigvals(R))", null, ErrorCode.Unsupported)]
    [InlineData("x[3]", null, ErrorCode.Kind)]
    [InlineData("A^2.5", null, ErrorCode.Kind)]
    [InlineData("eye(1000000000)", null, ErrorCode.Limit)]
    [InlineData("ones(100000, 100000)", null, ErrorCode.Limit)]
    [InlineData("diag(ones(100000))", null, ErrorCode.Limit)]
    [InlineData("ones(100000)*ones(100000)'", null, ErrorCode.Limit)]
    [InlineData("kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, kron(A, A))))))))))))))", null, ErrorCode.Limit)]
    [InlineData("sum(q)", null, ErrorCode.Request)]
    public void Evaluates(string program, string? expected, ErrorCode? error = null)
    {
        if (expected is null)
        {
            var e = Assert.Throws<NablaException>(() => Run(program));
            Assert.True(error == e.Code, $"{e.Code}: {e.Message}");
            return;
        }
        Assert.Equal(expected, Text(Run(program).Value));
    }

    [Theory]
    [InlineData("A in R^(1 x 3); A*A'", 14)]
    [InlineData("A in R^(3 x 1); A'*A", 14)]
    public void A_list_is_a_matrix_of_one_row_or_column(string text, double expected)
    {
        var values = new Dictionary<string, Value> { ["A"] = Value.Column(1, 2, 3) };
        Assert.Equal([expected], Interpreter.Evaluate(Inference.Infer(Parser.Parse(text)), values, Work.Unlimited).Value.Real.ToArray());
    }

    [Fact]
    public void Names_all_missing_values()
    {
        var e = Assert.Throws<NablaException>(() => Run("q'*A*p + sum(h)"));
        Assert.Equal(ErrorCode.Request, e.Code);
        Assert.All(new[] { "q", "p", "h" }, name => Assert.Contains(name, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("S in R^(2 x 2) symmetric", 1, 2, 3, 4)]
    [InlineData("S in R^(2 x 2) positive definite", 1, 2, 2, 1)]
    [InlineData("S in R^(2 x 2) diagonal", 1, 2, 0, 4)]
    [InlineData("S in R^(2 x 2) lower triangular", 1, 2, 0, 4)]
    [InlineData("S in R^(2 x 2) upper triangular", 1, 0, 2, 4)]
    [InlineData("S in R^(2 x 2) orthogonal", 1, 0, 0, 2)]
    [InlineData("S in R^(2 x 2) positive", 1, 0, 1, 2)]
    [InlineData("S in R^(2 x 2) nonnegative", 1, -1, 1, 2)]
    public void Checks_declared_properties(string declaration, double a, double b, double c, double d)
    {
        var program = Inference.Infer(Parser.Parse($"{declaration}; sum(S)"));
        var values = new Dictionary<string, Value> { ["S"] = Value.Matrix(2, 2, [a, b, c, d]) };
        Assert.Equal(ErrorCode.Domain, Assert.Throws<NablaException>(() => Interpreter.Evaluate(program, values, Work.Unlimited)).Code);
    }

    [Theory]
    [InlineData("S in R^(2 x 2) symmetric", 1, 2, 2, 4)]
    [InlineData("S in R^(2 x 2) positive definite", 2, 1, 1, 1)]
    [InlineData("S in R^(2 x 2) diagonal", 1, 0, 0, 4)]
    [InlineData("S in R^(2 x 2) orthogonal", 0.6, 0.8, -0.8, 0.6)]
    [InlineData("S in R^(2 x 2) nonnegative", 1, 0, 1, 2)]
    public void Accepts_values_with_declared_properties(string declaration, double a, double b, double c, double d)
    {
        var program = Inference.Infer(Parser.Parse($"{declaration}; sum(S)"));
        var values = new Dictionary<string, Value> { ["S"] = Value.Matrix(2, 2, [a, b, c, d]) };
        Assert.Equal(a + b + c + d, Interpreter.Evaluate(program, values, Work.Unlimited).Value.Real[0], 1e-12);
    }

    [Fact]
    public void Dimensions_get_one_size()
    {
        var program = Inference.Infer(Parser.Parse("x in R^n; y in R^n; x'*y"));
        var values = new Dictionary<string, Value> { ["x"] = Value.Column(1, 2), ["y"] = Value.Column(1, 2, 3) };
        var e = Assert.Throws<NablaException>(() => Interpreter.Evaluate(program, values, Work.Unlimited));
        Assert.Equal(ErrorCode.Shape, e.Code);
        Assert.Equal("The dimension n is 2 by x, but 3 by y.", e.Message);
    }

    [Fact]
    public void Sums_of_dimensions_are_solved()
    {
        var program = Inference.Infer(Parser.Parse("x in R^n; A in R^(n x m); [x; ones(m)]'*w"));
        var values = new Dictionary<string, Value> { ["x"] = Value.Column(1, 2), ["w"] = Value.Column(1, 2, 3, 4) };
        Assert.Equal(12, Interpreter.Evaluate(program, values, Work.Unlimited).Value.Real[0]);
    }

    [Theory]
    [InlineData("abs(x - y) + abs(x - x)", "abs")]
    [InlineData("relu(0*x)", "relu")]
    [InlineData("max(x, x)", "max")]
    [InlineData("max(x - x)", "max")]
    [InlineData("norm2(x - x)", "norm2")]
    [InlineData("norm1(x - 1)", "norm1")]
    [InlineData("norminf(x + 1)", null)]
    [InlineData("norminf([1, -1])", "norminf")]
    [InlineData("sign(x)", null)]
    public void Says_where_a_kink_is(string program, string? kink)
    {
        Assert.Equal(kink is null ? Array.Empty<string>() : [kink], Run(program).Kinks);
    }

    [Fact]
    public void Long_loops_end_in_time()
    {
        string sums = string.Concat(Enumerable.Range(1, 12).Select(i => $"sum[i{i}]("));
        string body = string.Join('*', Enumerable.Range(1, 12).Select(i => $"v[i{i}]*v[i{i}]*v[i{i}]"));
        // Years without the budget.
        var e = Assert.Throws<NablaException>(() => Run($"{sums}{body}*sum[a,b,c,d,e,f,g,h](v[a]*v[b]*v[c]*v[d]*v[e]*v[f]*v[g]*v[h]){new string(')', 12)}", new Work(TimeSpan.FromSeconds(0.3))));
        Assert.Equal(ErrorCode.Limit, e.Code);
    }

    [Theory]
    [InlineData("sum(svdvals(ones(3000, 3000)))")]
    [InlineData("U, s, V = svd(ones(3000, 3000)); sum(s)")]
    public void Large_factorisations_end_in_time(string program) =>
        // A factorisation that is waited for has a value, and no error.
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => Run(program, new Work(TimeSpan.FromSeconds(0.3)))).Code);

    [Fact]
    public void Deep_nesting_does_not_overflow_the_stack() =>
        Assert.Equal("0.017314", Math.Round(Run(string.Concat(Enumerable.Repeat("sin(", 10_000)) + "c" + new string(')', 10_000)).Value.Real[0], 6).ToString(CultureInfo.InvariantCulture));
}
