using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Writer = Nabla.Expressions.Writing.NotationWriter;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>What the notation means, as fully bracketed trees, and what it refuses, with exact places.</summary>
public class ParserTests
{
    [Theory]
    [InlineData("a + b - c", "{+ +a +b -c}")]
    [InlineData("a - (b + c)", "{+ +a -{+ +b +c}}")]
    [InlineData("A*B.*C", "{*A Multiply B Hadamard C}")]
    [InlineData("2*A \\ b", "{*2 Multiply A Solve b}")]
    [InlineData("a*(b*c)", "{*a Multiply {*b Multiply c}}")]
    [InlineData("-x^2", "{-{^ x 2}}")]
    [InlineData("2^3^2", "{^ 2 {^ 3 2}}")]
    [InlineData("A^2'", "{' {^ A 2}}")]
    [InlineData("x'^2", "{^ {' x} 2}")]
    [InlineData("a^b'^c", "{^ {' {^ a b}} c}")]
    [InlineData("-c'^2", "{-{^ {' c} 2}}")]
    [InlineData("x^-1", "{^ x {-1}}")]
    [InlineData("2^-x^2", "{^ 2 {-{^ x 2}}}")]
    [InlineData("--x", "x")]
    [InlineData("-+-+x", "x")]
    [InlineData("---x", "{-x}")]
    [InlineData("+x", "x")]
    [InlineData("a*-b", "{*a Multiply {-b}}")]
    [InlineData("x''", "{' {' x}}")]
    [InlineData("xᵀ*x", "{*{' x} Multiply x}")]
    [InlineData("x′*x", "{*{' x} Multiply x}")]
    [InlineData("x ⊙ y", "{*x Hadamard y}")]
    [InlineData("A ⊗ B", "{*A Kronecker B}")]
    [InlineData("x − 1", "{+ +x -1}")]
    [InlineData("x\u00A0+ 1", "{+ +x +1}")]
    [InlineData("5.*x", "{*5 Hadamard x}")]
    [InlineData("5./x", "{*5 ElementwiseDivide x}")]
    [InlineData("2.^x", "{.^ 2 x}")]
    [InlineData(".5*x", "{*0.5 Multiply x}")]
    [InlineData("1e3", "1000")]
    [InlineData("2.5E-1", "0.25")]
    [InlineData("1e-400", "0")]
    [InlineData("A[1,:]", "{[] A 1 :}")]
    [InlineData("x[2]^2", "{^ {[] x 2} 2}")]
    [InlineData("x'[2]", "{[] {' x} 2}")]
    [InlineData("x [2]", "{[] x 2}")]
    [InlineData("x^y[1]", "{^ x {[] y 1}}")]
    [InlineData("sin (x)", "{sin() x}")]
    [InlineData("max(a, b)", "{max() a b}")]
    [InlineData("sum[i,j](x[i]*A[i,j]*x[j])", "{sum[i,j] {*{[] x i} Multiply {[] A i j} Multiply {[] x j}}}")]
    [InlineData("sum(x)", "{sum() x}")]
    [InlineData("[1 2; 3 4]", "{[{; 1 2}{; 3 4}}")]
    [InlineData("[1 2\n3 4\n]", "{[{; 1 2}{; 3 4}}")]
    [InlineData("[1 -2]", "{[{; 1 {-2}}}")]
    [InlineData("[1 - 2]", "{[{; {+ +1 -2}}}")]
    [InlineData("[1-2]", "{[{; {+ +1 -2}}}")]
    [InlineData("[a' b']", "{[{; {' a} {' b}}}")]
    [InlineData("[a (b)]", "{[{; a b}}")]
    [InlineData("[(1 -2) 3]", "{[{; {+ +1 -2} 3}}")]
    [InlineData("[x [1]]", "{[{; x {[{; 1}}}}")]
    [InlineData("[x[1] 2]", "{[{; {[] x 1} 2}}")]
    [InlineData("[1, 2, 3]'", "{' {[{; 1 2 3}}}")]
    [InlineData("[A, B; C, D]", "{[{; A B}{; C D}}")]
    [InlineData("sin(x\n  + y)", "{sin() {+ +x +y}}")]
    [InlineData("# loss\nx'*x  # squared", "{*{' x} Multiply x}")]
    [InlineData("x'*x;", "{*{' x} Multiply x}")]
    [InlineData(";;\n x \n;\r\n", "x")]
    [InlineData("αβ_1 + μ", "{+ +αβ_1 +μ}")]
    [InlineData("in + 1", "{+ +in +1}")]
    public void Reads(string text, string tree) => Assert.Equal(tree, SyntaxComparer.Encode(Parser.Parse(text).Function));

    [Theory]
    [InlineData("sin(x", 1, 4, ")")]
    [InlineData("(x + 1))", 1, 8, ")")]
    [InlineData("(x + 1]", 1, 7, ")")]
    [InlineData("x + * 3", 1, 5, "*")]
    [InlineData("x'*x +", 1, 7, "operand")]
    [InlineData("x'*x +  ", 1, 9, "operand")]
    [InlineData("x +\ny", 1, 4, "operand")]
    [InlineData("", 1, 1, "empty")]
    [InlineData("# nothing here", 1, 15, "empty")]
    [InlineData("x in R^n", 1, 9, "function")]
    [InlineData("A[1,", 1, 2, "]")]
    [InlineData("x $ y", 1, 3, "$")]
    [InlineData("α*β $ 2", 1, 5, "$")]
    [InlineData("𝛼 + 1", 1, 1, "α")]
    [InlineData("x + 𝐀*х", 1, 5, "U+1D400")]
    [InlineData("1.2.3", 1, 4, "*")]
    [InlineData("x + 2*х", 1, 7, "U+0445")]
    [InlineData("y = 2*x\nsin(y))", 2, 7, ")")]
    [InlineData("y = 2*x\r\nsin(y))", 2, 7, ")")]
    [InlineData("\tsin(y))", 1, 8, ")")]
    [InlineData("max(x, )", 1, 8, "operand")]
    [InlineData("f = ", 1, 5, "operand")]
    [InlineData("x\0+ 1", 1, 2, "U+0000")]
    [InlineData("[1 2; 3 4", 1, 1, "]")]
    [InlineData("[]", 1, 1, "entry")]
    [InlineData("f = (x + 1\ny = 2*f", 1, 5, ")")]
    [InlineData("2x", 1, 2, "2*x")]
    [InlineData("x y", 1, 3, "x*y")]
    [InlineData("2(x)", 1, 2, "*")]
    [InlineData("sin x", 1, 5, "sin(x)")]
    [InlineData("sum[i] x[i]", 1, 8, "sum[i](x[i])")]
    [InlineData("x in R^n, y in R^m; x", 1, 11, ";")]
    [InlineData("A in R^n x n; A", 1, 10, "R^(m x n)")]
    [InlineData("x..*y", 1, 2, "point")]
    [InlineData("x’*y", 1, 2, "'")]
    [InlineData("naïve", 1, 3, "U+00EF")]
    [InlineData("f(x) = x", 1, 6, "bound")]
    [InlineData("(a)(b)", 1, 4, "*")]
    [InlineData("[2x]", 1, 3, "2*x")]
    [InlineData("x' y", 1, 4, "*")]
    [InlineData("5.", 1, 2, "point")]
    [InlineData("x**2", 1, 3, "^")]
    [InlineData("x == y", 1, 4, "=")]
    [InlineData("x[1] = 2", 1, 6, "bound")]
    [InlineData("x; y", 1, 1, "last")]
    [InlineData("x % y", 1, 3, "#")]
    [InlineData("A[1:2]", 1, 4, "colon")]
    [InlineData("x × y", 1, 3, "*")]
    [InlineData("x² + 1", 1, 2, "^2")]
    [InlineData("sum[i,1](x)", 1, 7, "index")]
    [InlineData("sum[i]", 1, 7, "(")]
    [InlineData("{x}", 1, 1, "( )")]
    [InlineData("a, b", 1, 2, "comma")]
    [InlineData("A in R^(n x n; x", 1, 8, ")")]
    [InlineData("x in Q; x", 1, 6, "R^n")]
    public void RefusesWithAPlace(string text, int line, int column, string mention)
    {
        var error = Assert.Throws<NablaException>(() => Parser.Parse(text));
        Assert.Equal((ErrorCode.Syntax, new Place(line, column)), (error.Code, error.Place));
        Assert.Contains(mention, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e999", ErrorCode.Limit, 1)]
    [InlineData("x in R^-3; x", ErrorCode.Shape, 8)]
    [InlineData("x in R^0; x", ErrorCode.Shape, 8)]
    [InlineData("x in R^2.5; x", ErrorCode.Shape, 8)]
    [InlineData("x in R^99999999999; x", ErrorCode.Limit, 8)]
    [InlineData("A in R^(2 x 3) symmetric; A", ErrorCode.Shape, 16)]
    [InlineData("A in R^(m x n) positive definite; A", ErrorCode.Shape, 16)]
    [InlineData("x in R^n symmetric; x", ErrorCode.Shape, 10)]
    [InlineData("A in R^(n x n) symetric; A", ErrorCode.Name, 16)]
    [InlineData("A in R^(n x n) symmetric, positive semidefinite; A", ErrorCode.Name, 36)]
    [InlineData("T in R^(a x b x c); T", ErrorCode.Unsupported, 15)]
    [InlineData("sum[i,i](x[i])", ErrorCode.Name, 7)]
    public void RefusesWithACode(string text, ErrorCode code, int column)
    {
        var error = Assert.Throws<NablaException>(() => Parser.Parse(text));
        Assert.Equal((code, new Place(1, column)), (error.Code, error.Place));
    }

    [Theory]
    [InlineData("x in R", "x in R")]
    [InlineData("x ∈ R^{n}", "x in R^n")]
    [InlineData("A ∈ R^{m×n}", "A in R^(m x n)")]
    [InlineData("A in R^(3 x 4)", "A in R^(3 x 4)")]
    [InlineData("A in R^(3x4)", "A in R^(3 x 4)")]
    [InlineData("A in R^{3xn}", "A in R^(3 x n)")]
    [InlineData("x in R^(x x x)", "x in R^(x x x)")]
    [InlineData("S in R^(n x n) positive definite, diagonal", "S in R^(n x n) positive definite, diagonal")]
    [InlineData("L in R^(n x n) lower triangular nonnegative", "L in R^(n x n) lower triangular, nonnegative")]
    [InlineData("t in R positive", "t in R positive")]
    public void ReadsDeclarations(string text, string written) => Assert.Equal(written, Writer.Write(Assert.Single(Parser.ParseDeclaration(text, 0))));

    [Fact]
    public void DeclarationEntriesHaveTheirIndexInPlaces()
    {
        var error = Assert.Throws<NablaException>(() => Parser.ParseDeclaration("A in R^(n x n", 3));
        Assert.Equal((ErrorCode.Syntax, new Place(1, 8, 3)), (error.Code, error.Place));
        Assert.Equal(ErrorCode.Syntax, Assert.Throws<NablaException>(() => Parser.ParseDeclaration("x + 1", 0)).Code);
        Assert.Equal(ErrorCode.Syntax, Assert.Throws<NablaException>(() => Parser.ParseDeclaration("", 0)).Code);
    }

    [Fact]
    public void LoneSurrogatesAreRefused()
    {
        var error = Assert.Throws<NablaException>(() => Parser.Parse("1 + \ud800"));
        Assert.Equal((ErrorCode.Syntax, new Place(1, 5)), (error.Code, error.Place));
        Assert.Contains("U+D800", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StatementsKeepTheirOrder()
    {
        var program = Parser.Parse("z = A*x + b; A in R^(m x n)\nQ, R = qr(A); f = sin(z)");
        Assert.Equal(["z", "Q", "R"], program.Bindings.SelectMany(b => b.Names));
        Assert.Equal(["f"], program.FunctionNames);
        Assert.Equal(new Place(2, 15), Assert.Single(program.FunctionPlaces!));
        Assert.Equal("z = A*x + b; Q, R = qr(A); f = sin(z)", Writer.Write(program with { Declarations = [] }));
    }

    [Fact]
    public void PlacesAreThoseOfTheOperators()
    {
        var sum = Assert.IsType<SumSyntax>(Parser.Parse("a*b - c/d*e").Function);
        Assert.Equal(new Place(1, 5), sum.Place);
        var product = Assert.IsType<ProductSyntax>(sum.Terms[1].Operand);
        Assert.Equal([new(1, 8), new(1, 10)], product.Links.Select(l => l.Place));
    }
}
