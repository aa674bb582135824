using System.Xml.Linq;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Expressions.Tests.Notation;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Tests.Writing;

/// <summary>LaTeX and MathML of every kind of piece.</summary>
public class TypesettingTests
{
    [Theory]
    [InlineData("2*X'*(X*w - y)", "2 X^{\\top} \\left(X w - y\\right)")]
    [InlineData("diag(cos(A*x + b))*A", "\\operatorname{diag}\\left(\\cos\\left(A x + b\\right)\\right)\\,A")]
    [InlineData("y = x - mu; z = S \\ y; -exp(-y'*z/2)*z", "y = x - \\mu,\\quad z = S^{-1} y,\\quad -\\exp\\left(-\\frac{y^{\\top} z}{2}\\right)\\,z")]
    [InlineData("a*b/c*d", "\\frac{a b}{c} d")]
    [InlineData("a/b/c", "\\frac{\\frac{a}{b}}{c}")]
    [InlineData("(a + b)/c", "\\frac{a + b}{c}")]
    [InlineData("(a + b)*c/d", "\\frac{\\left(a + b\\right) c}{d}")]
    [InlineData("-1/2*z", "-\\frac{1}{2} z")]
    [InlineData("A.*B*C", "\\left(A \\odot B\\right) C")]
    [InlineData("A*B.*C./D", "A B \\odot C \\oslash D")]
    [InlineData("A ⊗ B*C", "\\left(A \\otimes B\\right) C")]
    [InlineData("A*kron(B, C)", "A\\,\\left(B \\otimes C\\right)")]
    [InlineData("2*A \\ b", "\\left(2 A\\right)^{-1} b")]
    [InlineData("inv(X)'", "X^{-\\top}")]
    [InlineData("inv(X)^2", "\\left(X^{-1}\\right)^{2}")]
    [InlineData("inv(X + A)", "\\left(X + A\\right)^{-1}")]
    [InlineData("x'^2", "\\left(x^{\\top}\\right)^{2}")]
    [InlineData("x.^-1", "x^{\\odot -1}")]
    [InlineData("norm2(x)^2 + norm1(y) + normF(X) + norminf(z)", "\\left\\lVert x\\right\\rVert_{2}^{2} + \\left\\lVert y\\right\\rVert_{1} + \\left\\lVert X\\right\\rVert_{F} + \\left\\lVert z\\right\\rVert_{\\infty}")]
    [InlineData("sqrt(abs(c))", "\\sqrt{\\left\\lvert c\\right\\rvert }")]
    [InlineData("Sigma*alpha + Ω*β", "\\Sigma\\,\\alpha + \\Omega \\beta")]
    [InlineData("x1 + x_1 + theta_2 + weights + w_old", "x_{1} + x_{1} + \\theta_{2} + \\mathrm{weights} + w_{\\mathrm{old}}")]
    [InlineData("A[1,:]*x[2]", "A_{1, {:}} x_{2}")]
    [InlineData("sum[i,j](x[i]*A[i,j])", "\\sum_{i, j} x_{i} A_{i, j}")]
    [InlineData("sum[i](x[i] + 1)*c", "\\left(\\sum_{i} \\left(x_{i} + 1\\right)\\right) c")]
    [InlineData("[1 2; 3 4]", "\\begin{bmatrix}1 & 2 \\\\ 3 & 4\\end{bmatrix}")]
    [InlineData("eye(n) + ones(m, n)", "I_{n} + \\mathbf{1}_{m \\times n}")]
    [InlineData("2*3*x*4", "2 \\cdot 3 x \\cdot 4")]
    [InlineData("1e-8 + 2.5e30 + 1/3", "10^{-8} + 2.5 \\cdot 10^{30} + \\frac{1}{3}")]
    [InlineData("a - (b - c)", "a - \\left(b - c\\right)")]
    [InlineData("logdet(X) + asin(c)", "\\log\\det\\left(X\\right) + \\arcsin\\left(c\\right)")]
    [InlineData("Q, R = qr(A)", "Q, R = \\operatorname{qr}\\left(A\\right)")]
    public void Latex(string text, string latex) => Assert.Equal(latex, LatexWriter.Write(Parser.Parse(text)));

    [Theory]
    [InlineData("x'*x", "<mrow><msup><mrow><mi>x</mi></mrow><mrow><mo>⊤</mo></mrow></msup><mo>&#x2062;</mo><mi>x</mi></mrow>")]
    [InlineData("a/b", "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>")]
    [InlineData("sin(mu)", "<mrow><mi>sin</mi><mo>&#x2061;</mo><mrow><mo>(</mo><mi>μ</mi><mo>)</mo></mrow></mrow>")]
    public void Mathml(string text, string inner) =>
        Assert.Equal($"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">{inner}</math>", MathmlWriter.Write(Parser.Parse(text)));

    [Fact]
    public void EveryTreeHasBoth()
    {
        int seed = Environment.TickCount;
        var random = new RandomSyntax(seed);
        for (int i = 0; i < 2_000; i++) Check(random.Expression(4), $"seed {seed}");
    }

    [Fact]
    public void EveryFunctionHasBoth()
    {
        foreach (var function in OperatorTable.All.Where(o => o.InNotation)) Check(Parser.Parse(function.Example).Function, function.Example);
    }

    private static void Check(Nabla.Expressions.Notation.Syntax.SyntaxNode tree, string message)
    {
        string mathml = MathmlWriter.Write(tree), latex = LatexWriter.Write(tree);
        Assert.Equal("math", XDocument.Parse(mathml).Root!.Name.LocalName);
        int depth = 0;
        for (int i = 0; i < latex.Length; i++)
        {
            if (latex[i] == '{') depth++;
            if (latex[i] == '}') depth--;
            Assert.True(depth >= 0, $"{message}: {latex}");
        }
        Assert.True(depth == 0, $"{message}: {latex}");
        Assert.Equal(Count(latex, "\\left"), Count(latex, "\\right"));
    }

    private static int Count(string text, string piece) => text.Split(piece).Length - 1;

    [Theory]
    [InlineData("sin(", "x", ")", 10_000)]
    [InlineData("c/", "c", "", 400_000)]
    [InlineData("c+", "c", "", 100_000)]
    [InlineData("", "x", "'", 10_000)]
    public void LongAndDeepIsWritten(string before, string middle, string after, int count)
    {
        var program = Parser.Parse(string.Concat(Enumerable.Repeat(before, count)) + middle + string.Concat(Enumerable.Repeat(after, count)));
        try
        {
            Assert.NotEmpty(LatexWriter.Write(program));
            Assert.NotEmpty(MathmlWriter.Write(program));
        }
        catch (NablaException e)
        {
            Assert.Equal(ErrorCode.Limit, e.Code);
        }
    }
}
