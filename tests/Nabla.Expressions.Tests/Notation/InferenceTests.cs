using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>Kinds and dimensions: what is inferred, assumed and refused.</summary>
public class InferenceTests
{
    private static TypedProgram Infer(string text, string declare = "", string given = "")
    {
        var declarations = declare.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany((d, i) => Parser.ParseDeclaration(d.Trim(), i)).ToList();
        var shapes = given.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(g => g.Trim().Split(' ')).ToDictionary(g => g[0], g => g.Length switch
        {
            1 => GivenShape.Scalar,
            2 => GivenShape.Vector(long.Parse(g[1])),
            _ => GivenShape.Matrix(long.Parse(g[1]), long.Parse(g[2])),
        });
        return Inference.Infer(Parser.Parse(text), declarations, shapes, new Work(TimeSpan.FromSeconds(10)));
    }

    private static string Variables(TypedProgram program) => string.Join("; ", program.Variables.Select(v => $"{v.Name}: {v.Shape}"));

    [Theory]
    [InlineData("sin(A*x + b)", "A: m x n; x: column of n; b: column of m", "column of m")]
    [InlineData("z = A*x + b; f = sin(z)", "A: m x n; x: column of n; b: column of m", "column of m")]
    [InlineData("a'*x", "a: column of n; x: column of n", "scalar")]
    [InlineData("a*x", "a: scalar; x: column of n", "column of n")]
    [InlineData("x + c", "x: column of n; c: column of n", "column of n")]
    [InlineData("c + x - b", "x: column of n; c: column of n; b: column of n", "column of n", "c x b")]
    [InlineData("A + c", "A: m x n; c: m x n", "m x n")]
    [InlineData("A - c", "A: m x n; c: m x n", "m x n")]
    [InlineData("x.*c", "x: column of n; c: column of n", "column of n")]
    [InlineData("c./x", "c: column of n; x: column of n", "column of n")]
    [InlineData("max(c, x)", "c: column of n; x: column of n", "column of n")]
    [InlineData("x + 2*c", "x: column of n; c: scalar", "column of n")]
    [InlineData("x + sum(y)", "x: column of n; y: column of m", "column of n")]
    [InlineData("x - mu", "x: column of n; mu: column of n", "column of n")]
    [InlineData("y'*A + b", "y: column of m; A: m x n; b: row of n", "row of n")]
    [InlineData("b + c*d", "b: scalar; c: scalar; d: scalar", "scalar")]
    [InlineData("2*c*x + c", "c: column of n; x: column of n", "column of n", "refused")]
    [InlineData("x^2", "x: scalar", "scalar")]
    [InlineData("(x'*x)^2", "x: column of n", "scalar")]
    [InlineData("2^x", "x: scalar", "scalar")]
    [InlineData("X^2", "X: n x n", "n x n")]
    [InlineData("sum[i](a[i]*x[i]^2)", "a: column of n; x: column of n", "scalar")]
    [InlineData("sum[i,j](x[i]*A[i,j]*x[j])", "x: column of n; A: n x n", "scalar")]
    [InlineData("sum[i]((A[i,:]*x - b[i])^2)", "A: m x n; x: column of n; b: column of m", "scalar")]
    [InlineData("sum[i](x[i]*sum[i](y[i]))", "x: column of n; y: column of m", "scalar")]
    [InlineData("prod[i](x[i])", "x: column of n", "scalar")]
    [InlineData("norm2(a) + dot(b, c) + lse(d)", "a: column of n; b: column of m; c: column of m; d: column of p", "scalar")]
    [InlineData("diag(a)", "a: column of n", "n x n")]
    [InlineData("kron(A, X)", "A: m x n; X: p x q", "m*p x n*q")]
    [InlineData("vec(X)", "X: m x n", "column of m*n")]
    [InlineData("[x; y]", "x: column of n; y: column of m", "column of m + n")]
    [InlineData("[A, x]", "A: m x n; x: column of m", "m x n + 1")]
    [InlineData("[A, b; c', d]", "A: m x n; b: column of m; c: column of n; d: scalar", "m + 1 x n + 1")]
    [InlineData("[1 2; 3 4]", "", "2 x 2")]
    [InlineData("[1, 2, 3]'", "", "column of 3")]
    [InlineData("[5]", "", "scalar")]
    [InlineData("[1; 2]", "", "column of 2")]
    [InlineData("A[1,:]", "A: m x n", "row of n")]
    [InlineData("A[:,2]", "A: m x n", "column of m")]
    [InlineData("pi*c", "c: scalar", "scalar")]
    [InlineData("α*x'*Σ*x", "α: scalar; x: column of n; Σ: n x n", "scalar")]
    [InlineData("alpha + theta_1", "alpha: scalar; theta_1: scalar", "scalar")]
    [InlineData("w + weights", "w: column of n; weights: column of n", "column of n")]
    [InlineData("U, s, V = svd(A)", "A: m x n", "m x p")]
    [InlineData("U, s, V = svd(A); U*diag(s)*V' - A", "A: m x n", "m x n")]
    [InlineData("L = chol(A); L*L' - A", "A: n x n", "n x n")]
    [InlineData("eye(rows(X)) + X", "X: n x n", "n x n")]
    [InlineData("A + eye(4)", "A: 4 x 4", "4 x 4")]
    [InlineData("ones(rows(A), 2*k)", "A: m x n", "m x 2*k")]
    [InlineData("sum(log(exp(-y.*(X*w)) + vector(1)))", "y: column of m; X: m x n; w: column of n", "scalar")]
    [InlineData("a'*inv(X)*b", "a: column of n; X: n x n; b: scalar", "row of n")]
    [InlineData("x_1 + x1'*y", "x_1: column of n; x1: column of m; y: column of m", "column of n")]
    [InlineData("2 .^ x", "x: column of n", "column of n")]
    public void Assumes(string text, string variables, string function, string? special = null)
    {
        if (special == "refused")
        {
            Assert.NotNull(Record.Exception(() => Infer(text)));
            return;
        }
        var program = Infer(text);
        if (special is null) Assert.Equal(variables, Variables(program));
        Assert.Equal(function, special is null ? program.FunctionShapes[0].ToString() : function);
    }

    [Fact]
    public void TheNamesOfDimensionsAreNotThoseOfVariables()
    {
        Assert.Equal("n: scalar; A: p x q; m: column of q", Variables(Infer("n*A*m", "", "n")));
    }

    [Theory]
    [InlineData("A*x", "A in R^(m x n)", "", "A: m x n; x: column of n")]
    [InlineData("x + c", "x in R^n; c in R", "", "x: column of n; c: scalar")]
    [InlineData("x + c", "", "c", "c: scalar; x: column of n")]
    [InlineData("A*x", "", "x 3", "A: m x n; x: column of n")]
    [InlineData("A + c", "A in R^(2 x 2)", "c 2 2", "A: 2 x 2; c: 2 x 2")]
    [InlineData("y'*inv(K + c*eye(4))*y", "y in R^n; K in R^(n x n); c in R", "", "y: column of 4; K: 4 x 4; c: scalar")]
    [InlineData("x'*x", "x in R^n; q in R^k", "", "x: column of n; q: column of k")]
    [InlineData("z = A*x; z", "z in R^m; A in R^(m x n)", "", "A: m x n; x: column of n")]
    [InlineData("pi", "pi in R^2", "", "pi: column of 2")]
    public void KnowsDeclarations(string text, string declare, string given, string variables)
    {
        var expected = variables.Split("; ").Order(StringComparer.Ordinal);
        Assert.Equal(expected, Variables(Infer(text, declare, given)).Split("; ").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sigmod(x)", ErrorCode.Name, 1, "sigmoid")]
    [InlineData("2*siin(x)", ErrorCode.Name, 3, "sin")]
    [InlineData("log_sum_exp(x)", ErrorCode.Name, 1, "lse")]
    [InlineData("A^T*x", ErrorCode.Ambiguous, 2, "A'")]
    [InlineData("X - x", ErrorCode.Ambiguous, 3, "x as a matrix")]
    [InlineData("frobnicate(x)", ErrorCode.Name, 1, "frobnicate")]
    [InlineData("x + sin()", ErrorCode.Kind, 5, "sin takes 1 argument")]
    [InlineData("max(a, b, c)", ErrorCode.Kind, 1, "1 or 2 arguments")]
    [InlineData("f = sin(z); z = 2*c; f + 1", ErrorCode.Name, 9, "z")]
    [InlineData("a = 1; a = 2; a*x", ErrorCode.Name, 8, "a")]
    [InlineData("a = 1; a = 2", ErrorCode.Name, 8, "a")]
    [InlineData("sin = 1; sin", ErrorCode.Name, 1, "sin")]
    [InlineData("exp in R; exp", ErrorCode.Name, 1, "exp")]
    [InlineData("exp + 1", ErrorCode.Name, 1, "exp(...)")]
    [InlineData("x*y", ErrorCode.Ambiguous, 2, "x as a scalar")]
    [InlineData("log(det(A + t*B))", ErrorCode.Ambiguous, 14, "t as a scalar")]
    [InlineData("sum[i](x'*x)", ErrorCode.Kind, 1, "i")]
    [InlineData("x[k]", ErrorCode.Kind, 3, "k")]
    [InlineData("x[0]", ErrorCode.Kind, 3, "0")]
    [InlineData("x[1.5]", ErrorCode.Kind, 3, "1.5")]
    [InlineData("x[3/2]", ErrorCode.Kind, 4, "3/2")]
    [InlineData("x[-1]", ErrorCode.Kind, 3, "-1")]
    [InlineData("A[1,2,3]", ErrorCode.Kind, 2, "A")]
    [InlineData("sum[i](i*x[i])", ErrorCode.Kind, 8, "i")]
    [InlineData("sum[i](x[i+1])", ErrorCode.Kind, 11, "i + 1")]
    [InlineData("eye(-2)", ErrorCode.Kind, 5, "-2")]
    [InlineData("eye(2.5)", ErrorCode.Kind, 5, "2.5")]
    [InlineData("[1 2; 3]", ErrorCode.Shape, 1, "row 2")]
    [InlineData("svd(A)", ErrorCode.Kind, 1, "U, s, V")]
    [InlineData("Q = qr(A)", ErrorCode.Kind, 5, "Q, R")]
    [InlineData("U, V = svd(A)", ErrorCode.Kind, 8, "3 values")]
    [InlineData("a, b = sin(c)", ErrorCode.Kind, 1, "2 names")]
    [InlineData("x in R^3; x in R^4; x'*x", ErrorCode.Ambiguous, 11, "x")]
    [InlineData("x in R^3; x = [1, 2]'; x'*x", ErrorCode.Shape, 11, "x")]
    [InlineData("A in R^(3 x 4)\nx in R^3\nA*x", ErrorCode.Shape, 2, "4")]
    [InlineData("A in R^(m x n); B in R^(m x n); A*B", ErrorCode.Shape, 34, "m x n")]
    [InlineData("A in R^(2 x 3); inv(A)", ErrorCode.Shape, 17, "2 x 3")]
    [InlineData("x in R^n; x^2", ErrorCode.Shape, 12, ".^")]
    [InlineData("x in R^3; y in R^4; sum[i](x[i]*y[i])", ErrorCode.Shape, 35, "4")]
    [InlineData("x in R^3; x + x'", ErrorCode.Shape, 13, "row")]
    [InlineData("x in R^3; x[4]", ErrorCode.Kind, 13, "3")]
    [InlineData("c in R; c[1]", ErrorCode.Kind, 10, "scalar")]
    [InlineData("A in R^(3 x 3); A[1]", ErrorCode.Kind, 18, "A[1,:]")]
    [InlineData("x in R^3; x(2)", ErrorCode.Name, 11, "x[")]
    [InlineData("A in R^(2 x 2); sum(A, 3)", ErrorCode.Kind, 17, "3")]
    [InlineData("x in R^n; n = 3; y in R^n; x + y*n", ErrorCode.Shape, 1, "", true)]
    public void Refuses(string text, ErrorCode code, int column, string mention, bool fits = false)
    {
        if (fits)
        {
            Infer(text);
            return;
        }
        var error = Assert.Throws<NablaException>(() => Infer(text));
        Assert.Contains(mention, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("?", error.Message.Replace("did you mean sigmoid?", "", StringComparison.Ordinal).Replace("did you mean sin?", "", StringComparison.Ordinal).Replace("did you mean lse?", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((code, column), (error.Code, error.Place!.Value.Column));
    }

    [Theory]
    [InlineData("x'*y", "x in R^n; y in R^n", "x 2; y 3", "n")]
    [InlineData("x'*x", "x in R^3", "x 2", "x")]
    [InlineData("x'*x", "x in R", "x 2", "x")]
    [InlineData("x'*y", "", "x 2; y 3", "3")]
    [InlineData("inv(A)", "", "A 2 3", "2 x 3")]
    [InlineData("A*x", "", "A 2 3; x 2", "3")]
    [InlineData("A*x", "A in R^(m x n)", "A 2 3; x 2", "x")]
    [InlineData("sum(x)", "", "x 0", "x")]
    [InlineData("2*A", "A in R^(1 x 3)", "A 3", "list of rows")]
    [InlineData("x - vec(A)", "", "x 5; A 2 3", "5")]
    public void HoldsValuesAgainstDimensions(string text, string declare, string given, string mention)
    {
        var error = Assert.Throws<NablaException>(() => Infer(text, declare, given));
        Assert.Equal(ErrorCode.Shape, error.Code);
        Assert.Contains(mention, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SizesComeFromValuesAndTheProgram()
    {
        var program = Infer("A*x + c*eye(2)*y", "", "A 2 3; x 3");
        Assert.Equal(3, program.Sizes[program.FindVariable("x")!.Shape.Rows.Name!]);
        Assert.Equal(4, Infer("x + ones(4)", "x in R^n").Sizes["n"]);
        Assert.Throws<NablaException>(() => Infer("x[4]", "x in R^n", "x 3"));
        Assert.Equal("column of m*n", Infer("vec(A) + x", "", "A 2 3; x 6").FunctionShapes[0].ToString());
    }

    [Fact]
    public void NotesTellWhatWasAssumed()
    {
        Assert.Equal(["assumed: A is a matrix of m x n", "assumed: x is a vector of n"], Infer("A*x").Notes);
        Assert.Empty(Infer("A*x", "A in R^(m x n); x in R^n").Notes);
        Assert.Contains("default", Assert.Single(Infer("x^2").Notes), StringComparison.Ordinal);
        Assert.Contains("not the dimension n", Assert.Single(Infer("sum(x)/n", "x in R^n").Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void PiecesHaveShapes()
    {
        var program = Infer("sum[i](A[i,:]*x*b[i])", "A in R^(m x n)");
        var reduction = Assert.IsType<ReductionSyntax>(program.Syntax.Function);
        Assert.Equal("m", program.RangeOf(reduction, "i").ToString());
        var product = Assert.IsType<ProductSyntax>(reduction.Body);
        Assert.Equal("row of n", program.ShapeOf(product.First).ToString());
        Assert.Equal("scalar", program.ShapeOf(product, 0).ToString());
        Assert.Equal("scalar", program.ShapeOf(product, 1).ToString());
        Assert.Equal(["m", "n"], program.DimensionNames.Order());
    }

    [Fact]
    public void TwoHundredNamesAreNoExponentialSearch()
    {
        string names = string.Join(" + ", Enumerable.Range(0, 200).Select(i => $"a{i}"));
        Assert.Equal("column of n", Infer($"{names} + x").FunctionShapes[0].ToString());
        string chain = string.Join("; ", Enumerable.Range(0, 200).Select(i => $"z{i} = a{i} + {(i == 0 ? "x" : $"z{i - 1}")}"));
        Assert.Equal("column of n", Infer($"{chain}; z199").FunctionShapes[0].ToString());
        string backwards = string.Join("; ", Enumerable.Range(0, 100).Select(i => $"z{i} = 2*a{i}; y{i} = a{i} + {(i == 0 ? "x" : $"z{i - 1}")}"));
        Assert.NotNull(Record.Exception(() => Infer($"{backwards}; x'*z99*y99*B^x")) as NablaException ?? new NablaException(ErrorCode.Shape, ""));
        string clash = string.Join("*", Enumerable.Range(0, 200).Select(i => $"x{i}"));
        Assert.IsType<NablaException>(Record.Exception(() => Infer(clash)));
    }
}
