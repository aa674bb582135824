using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Tests.Notation;
using Writer = Nabla.Expressions.Writing.NotationWriter;

namespace Nabla.Expressions.Tests.Writing;

/// <summary>What is written has few brackets and reads back as the same tree.</summary>
public class TextWriterTests
{
    [Theory]
    [InlineData("2*X'*(X*w - y)")]
    [InlineData("diag(cos(A*x + b))*A")]
    [InlineData("y = x - mu; z = S \\ y; -exp(-y'*z/2)*z")]
    [InlineData("E[:,2]")]
    [InlineData("1 ./ x")]
    [InlineData("-x./y")]
    [InlineData("(1 + (A*x).^2).^-1")]
    [InlineData("(p - y)./(p - p.^2)")]
    [InlineData("-(X \\ B*A*inv(X))'")]
    [InlineData("inv(X + A)'^2")]
    [InlineData("-1/2*z")]
    [InlineData("x.^0.5 + 1e-8")]
    [InlineData("(-2)^2 - (1/3)^2")]
    [InlineData("A.*(B + C) - (a - b) - (-c)^2")]
    [InlineData("[1, 2; 3, 4]*[A, B; C, D]")]
    [InlineData("sum[i,j](exp(-(x[i] - x[j])^2))")]
    [InlineData("a*(-b)")]
    [InlineData("A ⊗ B")]
    [InlineData("2^3^2 + (2^3)^2")]
    [InlineData("(A^2)' + A'^2")]
    [InlineData("softmax(Q*K'/2, 2)*V")]
    [InlineData("U, s, V = svd(A); U*diag(s)*V' - A")]
    [InlineData("a/(b*c)*d")]
    [InlineData("(A*x)[2]")]
    [InlineData("A in R^(m x n); x in R^n positive; f = A*x")]
    public void WritesAsIs(string text) => Assert.Equal(text, Writer.Write(Parser.Parse(text)));

    [Theory]
    [InlineData("(((x)))", "x")]
    [InlineData("(a*b)*c", "a*b*c")]
    [InlineData("(a + b) + c", "a + b + c")]
    [InlineData("-(a*b)", "-a*b")]
    [InlineData("a + -b", "a - b")]
    [InlineData("a - -2*b", "a + 2*b")]
    [InlineData("-(a + b)", "-(a + b)")]
    [InlineData("A^2'", "(A^2)'")]
    [InlineData("0.50*x", "0.5*x")]
    [InlineData("[1 -2]", "[1, -2]")]
    [InlineData("x⊙y", "x.*y")]
    [InlineData("2.*x.^2", "2 .* x.^2")]
    [InlineData("1e30 + 12345678901234567890", "1e30 + 12345678901234567890")]
    public void WritesShorter(string text, string written) => Assert.Equal(written, Writer.Write(Parser.Parse(text)));

    [Fact]
    public void NumbersOfTheSystemReadBack()
    {
        var x = new NameSyntax("x");
        foreach (var value in new Coefficient[] { Coefficient.Rational(1, 3), Coefficient.Rational(-2, 7), -5, Coefficient.Inexact(-0.1), Coefficient.Inexact(1e-300), Coefficient.Inexact(1.5e300) })
        {
            var number = new NumberSyntax(value);
            SyntaxNode[] trees =
            [
                number, new ProductSyntax(number, [new(Infix.Multiply, x)]), new ProductSyntax(x, [new(Infix.ElementwiseDivide, number)]), new PowerSyntax(number, x, true),
                new PowerSyntax(x, number, false), new SumSyntax([new(true, number), new(false, x)]), new SumSyntax([new(true, x), new(true, number)]), new NegateSyntax(number),
                new NegateSyntax(new NegateSyntax(new SumSyntax([new(false, x), new(false, number)]))), new TransposeSyntax(number), new IndexSyntax(number, [number, null]),
            ];
            foreach (var tree in trees)
            {
                string text = Writer.Write(tree);
                Assert.True(SyntaxComparer.AreEqual(tree, Parser.Parse(text).Function), text);
            }
        }
    }

    [Fact]
    public void RandomTreesReadBack()
    {
        int seed = Environment.TickCount;
        var random = new RandomSyntax(seed);
        for (int i = 0; i < 5_000; i++)
        {
            var tree = random.Expression(4);
            string text = Writer.Write(tree);
            var back = Parser.Parse(text).Function;
            Assert.True(SyntaxComparer.AreEqual(tree, back), $"seed {seed}: {text}\n{SyntaxComparer.Encode(tree)}\n{SyntaxComparer.Encode(back)}");
            Assert.Equal(Writer.Write(back), Writer.Write(Parser.Parse(Writer.Write(back))));
        }
    }
}
