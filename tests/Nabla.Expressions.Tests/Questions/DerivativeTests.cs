using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Questions;

/// <summary>Derivatives as a user asks for them: texts, values at awkward points, layouts, limits.</summary>
public class DerivativeTests
{
    private static DerivativeAnswer Ask(string expression, string? wrt = "x", int order = 1, Layout layout = Layout.Mixed, params (string Name, double[] Value)[] at) =>
        Expressions.Questions.Derivative(new()
        {
            Expression = expression,
            Wrt = wrt,
            Order = order,
            Layout = layout,
            At = at.ToDictionary(a => a.Name, a => a.Value.Length == 1 ? NDArray<double>.Scalar(a.Value[0]) : NDArray<double>.FromArray(a.Value, a.Value.Length)),
        });

    private static NablaException Refused(Func<DerivativeAnswer> question) => Assert.Throws<NablaException>(() => { question(); });

    [Theory]
    [InlineData("A in R^(m x n); x in R^n; b in R^m; sin(A*x + b)", "diag(cos(A*x + b))*A")]
    [InlineData("X in R^(N x n); x in R^n; y in R^N; norm2(X*x - y)^2", "2*X'*(X*x - y)")]
    [InlineData("x in R^D; mu in R^D; S in R^(D x D) positive definite; y = x - mu; z = y'*inv(S)*y; exp(-1/2*z)", "y = x - mu; u = S \\ y; -exp(-y'*u/2)*u")]
    // What peers drop or refuse.
    [InlineData("D in R^(m x n); x in R^n; sum(exp(D*x))", "D'*exp(D*x)")]
    [InlineData("S in R^(n x n) symmetric; x in R^n; log(x'*S*x)", "2*S*x/(x'*S*x)")]
    [InlineData("x in R^n; lse(x)", "softmax(x)")]
    [InlineData("x in R^n; log(sum(exp(x)))", "softmax(x)")]
    // Scalar transposes are one term.
    [InlineData("x in R^n; y in R^n; x'*y + y'*x", "2*y")]
    // The logistic loss in the form that is written most often.
    [InlineData("X in R^(N x n); x in R^n; y in R^N; -y'*log(sigmoid(X*x)) - (1 - y)'*log(1 - sigmoid(X*x))", "X'*(sigmoid(X*x) - y)")]
    // A trace of exponentials is not the sum of all: no softmax.
    [InlineData("x in R^(n x n); tr(exp(x))", "diag(diag(exp(x)))")]
    [InlineData("x in R^(n x n); log(tr(exp(x)))", "diag(diag(exp(x)))/tr(exp(x))")]
    // Squares and absolute values.
    [InlineData("x in R^n; sqrt(x.^2)", "diag(sign(x))")]
    [InlineData("x in R^n; y in R^m; lse([x; y])", "[eye(n); zeros(m, n)]'*softmax([x; y])")]
    [InlineData("x in R^n; erf(sum(x))", "2*exp(-sum(x)^2)*ones(n)/sqrt(pi)")]
    public void TextIsWhatAMathematicianWrites(string expression, string text)
    {
        var answer = Ask(expression);
        Assert.Equal(text, answer.Derivative.Text);
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-9);
    }

    [Theory]
    [InlineData("S in R^(n x n) symmetric; sum(eigvals(S).^2)", "S", "w, V = eig(S); 2*V*diag(w)*V'")]
    [InlineData("X in R^(n x n); log(det(X))", "X", "inv(X)'")]
    [InlineData("X in R^(n x n); A in R^(p x p); tr(kron(A, X))", "X", "tr(A)*eye(n)")]
    [InlineData("S in R^(n x n) symmetric; logdet(S)", "S", "inv(S)")]
    [InlineData("W in R^(m x n); x in R^n; y in R^m; norm2(W*x - y)^2", "W", "2*(W*x - y)*x'")]
    public void MatricesAreVariablesToo(string expression, string wrt, string text) => Assert.Equal(text, Ask(expression, wrt).Derivative.Text);

    [Theory]
    [InlineData("prod(x)", new[] { 1e20, 2, 3 }, new[] { 6, 3e20, 2e20 })]
    [InlineData("prod(x)", new[] { 0.0, 2, 3 }, new[] { 6.0, 0, 0 })]
    [InlineData("prod(2*x)", new[] { -4e30, 2e-30, 3 }, new[] { 4.8e-29, -9.6e31, -64.0 })]
    public void TheProductOfOthersHasAllItsDigits(string expression, double[] x, double[] expected)
    {
        var answer = Ask("x in R^n; " + expression, at: ("x", x));
        double[] text = Expressions.Questions.Evaluate(new() { Expression = answer.Derivative.Text!, At = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.FromArray(x, 3) } }).Outputs[^1].Value.Real.ToArray();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], answer.Derivative.Value!.ToArray()[i], Math.Abs(expected[i]) * 1e-15);
            Assert.Equal(expected[i], text[i], Math.Abs(expected[i]) * 1e-15);
        }
    }

    [Theory]
    [InlineData("max(x)", 2)]
    [InlineData("max(x)", 3)]
    [InlineData("max(x.^2)", 2)]
    [InlineData("norminf(x)", 2)]
    public void TheLargestEntryIsProvenAtAnyOrder(string expression, int order) => Assert.NotNull(Ask("x in R^n positive; " + expression, order: order).Check);

    [Fact]
    public void WhatOnlyDividesBySingularValuesNeedNotDeriveThem()
    {
        var answer = Ask("x in R^n; x'*x ./ svdvals(eye(3))", at: ("x", [1, 2]));
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-9);
        Assert.Equal([2.0, 4, 2, 4, 2, 4], answer.Derivative.Value!.ToArray());
        var compiled = CompiledExpression<double>.Parse("x'*x ./ svdvals(eye(3))", ["x in R^n"], Output.Derivative("x"));
        Assert.Equal([2.0, 4, 2, 4, 2, 4], compiled.Evaluate(("x", [1, 2]))[0].ToArray());
    }

    [Theory]
    // A diagonal of a sum over three indices is taken inside; a sum over three indices is opened when only its terms have matrix forms.
    [InlineData("x in R^n; norm2(inv(cosh(diag(x))*cosh(diag(x))))", "diag(diag(sinh(")]
    [InlineData("X in R^(m x n); x in R^n; normF(log1p(X.^(X[1,:]*x)))", "log1p(")]
    [InlineData("W in R^(k x m) positive; x in R^m positive; v in R^k; logdet(W*x*v'*(W*x*v') + eye(k))", "inv(")]
    public void HessiansOfNormsAndDeterminantsHaveTexts(string expression, string piece)
    {
        var answer = Ask(expression, order: 2);
        Assert.Contains(piece, answer.Derivative.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sum[", answer.Derivative.Text, StringComparison.Ordinal);
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-7);
    }

    [Theory]
    [InlineData("sum(atan(x' - x))")]
    [InlineData("tr(A*sinh(x' - x))")]
    [InlineData("sum(cosh(x' - x)*(x - x'))")]
    [InlineData("norm2(rows(softmax(atan(x' - x)))*vec(tanh(x - x')))")]
    public void OddAndEvenFunctionsOfAntisymmetricMatrices(string function)
    {
        foreach (int order in (int[])[1, 2])
            Assert.InRange(Ask($"x in R^(n x n); A in R^(n x n); {function}", order: order).Check!.MaxRelativeError, 0, 1e-7);
    }

    [Theory]
    [InlineData("C in R^(m x k); x in R; arcsin(C[1,2] + 2)*x")]
    [InlineData("x in R^n; arcsin(lse(x)*2)")]
    [InlineData("b in R; w in R^n; x in R; x*arcsin(norminf((b + 3.6)./w.^2))")]
    [InlineData("Y in R^(n x n) positive definite, diagonal; x in R; x*norminf(Y)")]
    [InlineData("P in R^(k x k) symmetric, nonnegative; x in R; x*min(inv(P*P + eye(k)))")]
    public void NarrowDomainsAndStructuralZerosAreProven(string expression) => Assert.InRange(Ask(expression).Check!.MaxRelativeError, 0, 1e-6);

    [Fact]
    public void WhatNoMatrixHoldsIsGivenThreeWays()
    {
        var derivative = Ask("W in R^(m x n); x in R^n; W*x", "W").Derivative;
        Assert.Null(derivative.Text);
        Assert.Equal("D[i,j,k] = delta[i,j]*x[k]", derivative.Index);
        Assert.Equal("kron(x', eye(m))", derivative.Vec);
        Assert.Equal("H*x", derivative.LinearMap);
    }

    [Theory]
    [InlineData("norm2(x)", 2, new[] { 0.0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("norm2(x)^3", 2, new[] { 0.0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("norminf(x)", 1, new[] { 1.0, -1, 0 }, new[] { 0.5, -0.5, 0 })]
    [InlineData("sum(relu(x))", 2, new[] { 0.0, 1 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("sum(max(x, 0))", 1, new[] { 0.0, 1 }, new[] { 0.5, 1 })]
    public void AtAKinkASubgradientIsReturnedAndSaidSo(string expression, int order, double[] x, double[] expected)
    {
        var answer = Ask(expression, order: order, at: ("x", x));
        Assert.Equal(expected, answer.Derivative.Value!.ToArray());
        Assert.Contains(answer.Notes, n => n.Contains("kink", StringComparison.Ordinal));
    }

    [Theory]
    // The derivative of a determinant is a polynomial in the entries: that of a singular matrix exists.
    [InlineData("det(X)", 1, new[] { 4.0, -2, -2, 1 })]
    [InlineData("det(X)", 2, new[] { 0.0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0 })]
    [InlineData("det(X)^3", 1, new[] { 0.0, 0, 0, 0 })]
    [InlineData("det(2*X)*X[2,2]", 1, new[] { 64.0, -32, -32, 16 })]
    [InlineData("det(X + X')", 1, new[] { 16.0, -8, -8, 4 })]
    public void ADeterminantHasADerivativeAtASingularMatrix(string expression, int order, double[] expected)
    {
        var at = new Dictionary<string, NDArray<double>> { ["X"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 4 } }) };
        var answer = Expressions.Questions.Derivative(new() { Expression = $"X in R^(n x n); {expression}", Order = order, At = at });
        double[] found = answer.Derivative.Value!.ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++) Assert.Equal(expected[i], found[i], 1e-12);
        Assert.Contains(answer.Notes, n => n.StartsWith("singular:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ADeterminantThatIsAlwaysZeroHasADerivativeThatIsProven(int order)
    {
        var answer = Ask("x in R^n; det(x*x')", order: order);
        Assert.NotNull(answer.Check);
        Assert.Null(answer.Derivative.Text);
        Assert.Contains("cofactors(x*x')", answer.Derivative.Index!, StringComparison.Ordinal);
    }

    [Fact]
    public void AThirdDerivativeOfADeterminantAtZeroIsThePermutationSymbol()
    {
        var at = new Dictionary<string, NDArray<double>> { ["X"] = NDArray<double>.Zeros(3, 3) };
        var value = Expressions.Questions.Derivative(new() { Expression = "det(X)", Order = 3, At = at }).Derivative.Value!;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 3; k++)
                    Assert.Equal((i - j) * (j - k) * (k - i) / 2.0, value[0, i, 1, j, 2, k], 1e-14);
    }

    [Theory]
    // The text divides by a norm that is zero: it has no value, and the note says so.
    [InlineData("norm2(x)", 1, true)]
    [InlineData("norm2(x)", 2, true)]
    [InlineData("sqrt(x'*x) + sum(x)", 1, true)]
    [InlineData("sum(abs(x))", 1, false)]
    [InlineData("norminf(x)", 1, false)]
    [InlineData("sum(sqrt(x.^2))", 1, false)]
    public void ATextThatDoesNotHoldAtTheKinkIsSaidNotTo(string expression, int order, bool isSaid)
    {
        var answer = Ask(expression, order: order, at: ("x", [0, 0]));
        string kink = Assert.Single(answer.Notes, n => n.StartsWith("kink:", StringComparison.Ordinal));
        Assert.Equal(isSaid, kink.Contains("The text has no value there.", StringComparison.Ordinal));
        double[] text = Expressions.Questions.Evaluate(new() { Expression = answer.Derivative.Text!, At = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.Zeros(2) } }).Outputs[0].Value.Real.ToArray();
        Assert.Equal(!isSaid, text.SequenceEqual(answer.Derivative.Value!.ToArray()));
    }

    [Theory]
    // Where the kinks cancel the derivative is the true one; else a second derivative takes the rules of the first at their word.
    [InlineData("abs(x)^2", 2, 2.0, "but the derivative exists")]
    [InlineData("abs(x)^3", 2, 0.0, "subgradient")]
    [InlineData("max(x, 0)^2", 2, 0.5, "subgradient")]
    [InlineData("relu(x)^2", 2, 0.0, "subgradient")]
    [InlineData("max(x, 0)", 2, 0.0, "subgradient")]
    [InlineData("sqrt(x^2)", 1, 0.0, "subgradient")]
    public void SecondDerivativesAtKinksAreAsDocumented(string expression, int order, double value, string note)
    {
        var answer = Ask($"x in R; {expression}", order: order, at: ("x", [0]));
        Assert.Equal(value, answer.Derivative.Value!.ToScalar());
        Assert.Contains(answer.Notes, n => n.StartsWith("kink:", StringComparison.Ordinal) && n.Contains(note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x in R^n; max(x, x)", "eye(n)")]
    [InlineData("x in R^n; y in R^n; abs(y - y) + x", "eye(n)")]
    [InlineData("x in R^(m x n) lower triangular; sum(x)", "ones(m, n)")]
    [InlineData("x in R^(m x n) upper triangular; sum(x.^2)", "2*x")]
    public void WhatCanBeProvenIs(string expression, string text)
    {
        var answer = Ask(expression);
        Assert.Equal(text, answer.Derivative.Text);
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-9);
    }

    [Theory]
    [InlineData("x in R; x/0", ErrorCode.Domain)]
    [InlineData("x in R^n; y in R^n; x/(x'*y - y'*x)", ErrorCode.Domain)]
    [InlineData("x in R^(n x n); inv(x/0)", ErrorCode.Domain)]
    [InlineData("x in R^(n x n); inv(x - x)", ErrorCode.Singular)]
    public void WhatIsDefinedNowhereIsRefused(string expression, ErrorCode code) => Assert.Equal(code, Refused(() => Ask(expression)).Code);

    [Theory]
    [InlineData("c/c", "c", 0.0)]
    [InlineData("sqrt(c)", "c", 0.0)]
    [InlineData("log(c)", "c", -1.0)]
    [InlineData("c*log(c)", "c", 0.0)]
    public void WhereThereIsNoDerivativeNoneIsGiven(string expression, string wrt, double value) =>
        Assert.Equal(ErrorCode.Domain, Refused(() => Ask(expression, wrt, at: (wrt, [value]))).Code);

    [Theory]
    // Roots of sums that are no norms have infinite derivatives at zero; a norm in a divisor leaves no function there.
    [InlineData("sqrt(sum(x))", 1)]
    [InlineData("sqrt(sum(x)) + sum(x)", 1)]
    [InlineData("sqrt(sum(x))", 2)]
    [InlineData("sum(x)^1.5", 2)]
    [InlineData("x/norm2(x)", 1)]
    [InlineData("1/norm2(x)", 1)]
    [InlineData("sqrt(norm2(x))", 1)]
    public void AtZeroOnlyNormsHaveSubgradients(string expression, int order) =>
        Assert.Equal(ErrorCode.Domain, Refused(() => Ask(expression, order: order, at: ("x", [0, 0]))).Code);

    [Theory]
    [InlineData("norm2(A*x)")]
    [InlineData("sqrt(x'*A'*A*x)")]
    [InlineData("sqrt(x'*x)")]
    public void ANormOfAProductHasOneToo(string expression)
    {
        var at = new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.FromArray([0.0, 0], 2), ["A"] = NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }) };
        if (!expression.Contains('A', StringComparison.Ordinal)) at.Remove("A");
        var answer = Expressions.Questions.Derivative(new() { Expression = expression, Wrt = "x", At = at });
        Assert.Equal([0.0, 0], answer.Derivative.Value!.ToArray());
        Assert.Contains(answer.Notes, n => n.Contains("kink", StringComparison.Ordinal));
    }

    [Fact]
    public void NumbersBeyondTheRangeAreRefused() => Assert.Equal(ErrorCode.Limit, Refused(() => Ask("inv(X*1e200*1e200)", "X")).Code);

    [Fact]
    public void PointsWithoutFiniteValuesProveNothing()
    {
        var answer = Ask("X in R^(n x n); det(exp(1000*X))", "X");
        Assert.True(answer.Check is null || answer.Check.MaxRelativeError < 1e-6);
    }

    [Theory]
    [InlineData("log(1 + exp(c))", 1000.0, 1000.0, 1.0)]
    [InlineData("log(1 + exp(c))", -800.0, 0.0, 0.0)]
    [InlineData("exp(c)/(1 + exp(c))", 1000.0, 1.0, 0.0)]
    [InlineData("log(1 - sigmoid(c))", 800.0, -800.0, -1.0)]
    [InlineData("log(exp(c) + exp(2*c))", 1000.0, 2000.0, 2.0)]
    [InlineData("log(exp(2*c) + exp(c))", -1000.0, -1000.0, 1.0)]
    [InlineData("exp(c)/(exp(c) + exp(2*c))", 1000.0, 0.0, 0.0)]
    [InlineData("log(softmax([c; 0; -c])[3])", 1000.0, -2000.0, -2.0)]
    [InlineData("(1 - 0.3)*log(1 - sigmoid(c)) + 0.3*log(sigmoid(c))", 1000.0, -700.0, -0.7)]
    public void StableFormsDoNotOverflow(string expression, double c, double value, double derivative)
    {
        var answer = Ask(expression, "c", at: ("c", [c]));
        Assert.Equal(value, answer.Function.Value!.Real[0]);
        Assert.Equal(derivative, answer.Derivative.Value!.ToScalar());
    }

    [Theory]
    // Squares leave the range of a double where the norm does not: 3-4-5 triangles of every size.
    [InlineData("norm2(x)", 1e200)]
    [InlineData("norm2(x)", 1e-200)]
    [InlineData("norm2(x)", 1e-300)]
    [InlineData("sqrt(x'*x + x'*x)/sqrt(2)", 1e180)]
    [InlineData("norm2([x; x])/sqrt(2)", 1e-180)]
    [InlineData("norm2(2*x)/2", 1e200)]
    [InlineData("log(norm2(x))*5e200", 1e200)]
    public void NormsHaveGradientsWhereTheirSquaresLeaveTheRange(string expression, double scale)
    {
        double[] gradient = Ask(expression, at: ("x", [3 * scale, 4 * scale])).Derivative.Value!.ToArray();
        Assert.Equal(0.6, gradient[0], 1e-9);
        Assert.Equal(0.8, gradient[1], 1e-9);
    }

    [Theory]
    // Neither a wrong number nor a zero: what overflows on the way is refused.
    [InlineData("x/(1 + x'*x)", 1e200)]
    [InlineData("norm2(x)^3", 1e200)]
    [InlineData("exp(-x'*x)*norm2(x)^4", 1e200)]
    public void WhatOverflowsIsRefusedOrRight(string expression, double scale)
    {
        try
        {
            var answer = Ask(expression, at: ("x", [3 * scale, 4 * scale]));
            Assert.All(answer.Derivative.Value!.ToArray(), e => Assert.Equal(0, e, 1e-100));
        }
        catch (NablaException e)
        {
            Assert.True(e.Code is ErrorCode.Domain or ErrorCode.Limit, e.Message);
        }
    }

    [Fact]
    public void KinksWhereNothingChangesDoNotPreventAProof() => Assert.NotNull(Ask("x in R^n; sum[i,j](max(x[i] - x[j], 0))").Check);

    [Fact]
    public void ALogarithmSaysThatItsArgumentIsPositive()
    {
        var answer = Ask("sum(x.*log(x))");
        Assert.Equal("log(x) + 1", answer.Derivative.Text);
        Assert.Contains(answer.Notes, n => n.StartsWith("domain:", StringComparison.Ordinal));
        Assert.Equal("diag(1 ./ x)", Ask("x in R^n; sum(x.*log(x))", order: 2).Derivative.Text);
    }

    [Theory]
    [InlineData("x in R^n; sum(sin(x)./x.*x)", "cos(x)", "x is not zero")]
    [InlineData("x in R^n; y in R^n; sum(x.*log(x./y))", "log(x./y) + 1", "x is not zero")]
    [InlineData("a in R; x in R^n; lse(a*x)/a", "softmax(a*x)", "a is not zero")]
    [InlineData("x in R^n; d in R; x'*x/sqrt(d)/sqrt(d)", "2*x/d", "d is positive")]
    public void WhatIsDividedByIsCancelledAndSaidToBeNotZero(string expression, string text, string domain)
    {
        var answer = Ask(expression, "x");
        Assert.Equal(text, answer.Derivative.Text);
        Assert.Contains(answer.Notes, n => n.StartsWith("domain:", StringComparison.Ordinal) && n.Contains(domain, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sum(sin(x)./x.*x)", 1.0, 0.0)]
    [InlineData("sum(x.*log(x./[1; 2]))", 0.0, 1.0)]
    public void WhereItIsZeroThereIsNoValue(string expression, double first, double second) =>
        Assert.Equal(ErrorCode.Domain, Refused(() => Ask("x in R^2; " + expression, at: ("x", [first, second]))).Code);

    [Theory]
    [InlineData("x in R^n; x'*x", Layout.Numerator, "2*x'")]
    [InlineData("x in R^n; x'*x", Layout.Denominator, "2*x")]
    [InlineData("A in R^(m x n); x in R^n; A*x", Layout.Numerator, "A")]
    [InlineData("A in R^(m x n); x in R^n; A*x", Layout.Denominator, "A'")]
    public void LayoutsChangeTheNotation(string expression, Layout layout, string text) => Assert.Equal(text, Ask(expression, layout: layout).Derivative.Text);

    [Theory]
    [InlineData("A in R^(2 x 2); B in R^(2 x 2); tr(A*B*A*B*A*B*A*B*A)", "A", 6)]
    [InlineData("A in R^(2 x 2); A^1000000000", "A", 1)]
    public void WhatWouldExhaustTheMachineIsALimit(string expression, string wrt, int order) => Assert.Equal(ErrorCode.Limit, Refused(() => Ask(expression, wrt, order)).Code);

    [Fact]
    public void AValueOfAHundredGigabytesIsALimit()
    {
        var A = NDArray<double>.Identity(400);
        var e = Refused(() => Expressions.Questions.Derivative(new() { Expression = "tr(inv(A))", Wrt = "A", Order = 2, At = new Dictionary<string, NDArray<double>> { ["A"] = A } }));
        Assert.Equal(ErrorCode.Limit, e.Code);
    }

    [Fact]
    public void LargeDeclaredSizesAreProvenAtSmallerOnes()
    {
        var answer = Ask("X in R^(2000 x 200); x in R^200; y in R^2000; norm2(X*x - y)^2");
        Assert.Equal("2*X'*(X*x - y)", answer.Derivative.Text);
        Assert.InRange(answer.Check!.MaxRelativeError, 0, 1e-9);
    }

    [Fact]
    public void AnyOrderOfAFixedPointIsCheap() => Assert.Equal("exp(c)", Ask("exp(c)", "c", 1_000_000).Derivative.Text);

    [Fact]
    public void ALiteralOfAHundredThousandEntriesHasATextWhereItsMarkupIsTooLong()
    {
        string row = "[" + string.Join(' ', Enumerable.Repeat("1", 100_000)) + "]";
        var answer = Expressions.Questions.Derivative(new() { Expression = $"{row}*x", Wrt = "x" });
        Assert.Equal(row.Replace(" ", "; ", StringComparison.Ordinal), answer.Derivative.Text);
        Assert.Null(answer.Derivative.Mathml);
    }

    [Fact]
    public void TenThousandNestedOperationsAreDifferentiated()
    {
        string chain = string.Concat(Enumerable.Repeat("sin(", 10_000)) + "c" + new string(')', 10_000);
        var answer = Expressions.Questions.Derivative(new() { Expression = chain, Check = false, At = new Dictionary<string, NDArray<double>> { ["c"] = NDArray<double>.Scalar(0) } });
        Assert.Equal(1, answer.Derivative.Value!.ToScalar());
    }

    [Theory]
    [InlineData("tr(x^40)", "40*x'^39")]
    [InlineData("tr(x^100)", "100*x'^99")]
    [InlineData("tr(x*x^60)", "61*x'^60")]
    [InlineData("tr(x^-40)", "-40*inv(x)'^41")]
    public void EqualTermsOfHighPowersAreMerged(string expression, string text) => Assert.Equal(text, Ask($"x in R^(n x n); {expression}").Derivative.Text);

    [Fact]
    public void ByABoundNameItIsRefused() => Assert.Equal(ErrorCode.Name, Refused(() => Ask("z = 2*x; sum(z)", "z")).Code);

    [Fact]
    public void ByADeclaredNameThatDoesNotOccurItIsZero()
    {
        var answer = Ask("x in R^n; y in R^n; sum(y)");
        Assert.Equal("zeros(n)", answer.Derivative.Text);
        Assert.Contains(answer.Notes, n => n.Contains("does not occur", StringComparison.Ordinal));
    }
}
