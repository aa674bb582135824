using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Programs and values at the edges: constants, results that are one another, numbers far out, outside of domains.</summary>
internal static class EdgeCases
{
    private static readonly Output[] s_orders = [Output.Value, Output.Derivative("x"), Output.Derivative("x", 2)];

    /// <summary>Results of unusual form: constants, inputs, equal ones, several at once.</summary>
    public static List<CodeCase> Forms(CodeTarget target)
    {
        var c = NDArray<double>.Scalar(0.7);
        var x = NDArray<double>.FromArray([0.3, -0.4, 1.1], 3);
        var A = NDArray<double>.FromArray([0.5, 1.5, -0.3, 0.2, 0.9, 1.4], 2, 3);
        var at = new Dictionary<string, NDArray<double>> { ["c"] = c, ["x"] = x, ["A"] = A };
        string[] all = ["c in R", "x in R^n", "A in R^(m x n)"];
        CodeCase Of(string program, params Output[] outputs) => CodeCases.Of(target, program, [.. all.Where(d => program.Contains(d[0]))], at, outputs);
        return
        [
            Of("1 + 1", Output.Value), Of("[1 2; 3 4]", Output.Value), Of("ones(2, 3)", Output.Value), Of("eye(3)", Output.Value), Of("pi", Output.Value),
            Of("c", Output.Value, Output.Derivative("c")), Of("x", s_orders), Of("A", Output.Value, Output.Derivative("A")), Of("A*x", s_orders), Of("A'", Output.Value), Of("x'", Output.Value),
            Of("exp(c)", Output.Value, Output.Derivative("c"), Output.Derivative("c", 2)), Of("exp(x)", Output.Value), Of("sum(x)", s_orders), Of("sum(x.^2)", s_orders),
            Of("c*x", Output.Derivative("c"), Output.Derivative("x")), Of("x*x'", s_orders), Of("tr(A*A')", Output.Value, Output.Derivative("A"), Output.Derivative("A", 2)),
            Of("rows(x)*sum(x)", s_orders), Of("mean(A*diag(x), 1)", s_orders), Of("[x; c; A*x]", s_orders), Of("[A; x']", s_orders), Of("kron(x, A)", Output.Value, Output.Derivative("x")),
            Of("diag(x)", Output.Value, Output.Derivative("x")), Of("vec(A)", Output.Value, Output.Derivative("A")), Of("A[1,:]*x + A[2,3]*x[1]", s_orders), Of("-x - c", s_orders), Of("c^20*x", s_orders),
            Of("norm2(x - x)", Output.Value), Of("erf(x)", s_orders), Of("x + log1p(pi/16 - 1/4*pi)", s_orders), Of("sqrt(pi^2/2)*c + rows(x)^0.5*norm2(x)", Output.Value), Of("-pi/16", Output.Value), Of("sum(sqrt(abs(ones(rows(x))) + 1/2))*x", s_orders), Of("1e-300*x", s_orders), Of("1e300*x", s_orders), Of("sum[i](x[i]^2*c)", s_orders),
        ];
    }

    /// <summary>Inverses whose rows or columns are summed.</summary>
    public static List<CodeCase> SummedInverses(CodeTarget target)
    {
        var S = NDArray<double>.FromArray([0.5, 1.5, -0.3, 0.2, 0.9, 1.4, -0.7, 0.1, 0.8], 3, 3);
        string[] programs = ["sum(inv(tanh(S)'*tanh(S) + eye(rows(S))))", "sum(inv(S), 1)*sum(inv(S), 2)", "tr(inv(S))*sum(S)", "sum(inv(S).*S, 2)"];
        return [.. programs.Select(p => CodeCases.Of(target, p, ["S in R^(n x n)"], new Dictionary<string, NDArray<double>> { ["S"] = S }, Output.Value, Output.Derivative("S"), Output.Derivative("S", 2)))];
    }

    /// <summary>Numbers that a form which is not stable would lose.</summary>
    public static List<CodeCase> Stable(CodeTarget target)
    {
        CodeCase Of(string program, params double[] x) => CodeCases.Of(target, program, ["x in R^n"], new Dictionary<string, NDArray<double>> { ["x"] = NDArray<double>.FromArray(x, x.Length) }, s_orders);
        return
        [
            Of("1e18*sum(log1p(x))", 1e-18, 3e-18), Of("1e18*sum(expm1(x))", 1e-18, -3e-18), Of("1e3*sum(expm1(x))", 1e-4, 2e-5), Of("sum(expm1(-x))", 800, 40), Of("sum(softplus(x))", 800, -800, 0, 30), Of("1e15*sum(softplus(x))", -36, -37),
            Of("sum(sigmoid(x))", 800, -800, 0), Of("1e300*sum(sigmoid(x))", -690, -700), Of("lse(x)", 1000, 1001, -1000), Of("sum(softmax(x).^2)", 1000, 1001, -1000), Of("lse(x)", -2000, -2001),
            Of("1e-150*logdet(diag(x))", 1e-100, 1e-100, 1e-150), Of("logdet(1e120*(eye(rows(x)) + x*x'))", 0.1, 0.2, 0.3), Of("norm2(x)", 3, 4), Of("sum(tanh(x))", 400, -400, 1e-9), Of("sum(log(1 + exp(x)))", 750, -750),
        ];
    }

    /// <summary>Programs at something that is not a number: what comes out is refused, or is no number either.</summary>
    public static List<CodeCase> NotNumbers(CodeTarget target)
    {
        string[] functions = ["abs", "acos", "asin", "atan", "cos", "cosh", "erf", "exp", "expm1", "log", "log1p", "relu", "sigmoid", "sign", "sin", "sinh", "softplus", "sqrt", "tan", "tanh", "max", "min", "norm1", "norm2", "prod", "lse", "norminf"];
        string[] others = ["max(x, 0)", "max(0, x)", "min(x, 0)", "min(1, x)", "x.^2", "x.^0.5", "2.^x", "softmax(x).^2", "logdet(diag(x) + x*x')", "det(diag(x) + x*x')", "sum((diag(x) + eye(rows(x)))\\x)", "sum(svdvals(x*x'))"];
        return [.. functions.Select(f => $"{f}(x)").Concat(others).Select(p => At(target, $"sum({p})", double.NaN, 0.5))];
    }

    /// <summary>Programs outside of their domains.</summary>
    public static List<CodeCase> OutsideOfDomains(CodeTarget target) =>
    [
        .. new[] { "log(x)", "sqrt(x)", "asin(2 + 0*x)", "acos(x - 1)", "log1p(x - 1)", "x.^0.5", "x.^0.25", "x.^(1/3)", "x.^(-0.5)", "abs(log(x))", "max(log(x), 1)", "abs(sqrt(x))", "relu(asin(3*x))", "abs((x - 1).^x)" }.Select(p => At(target, $"sum({p})", -0.5, -2)),
        At(target, "logdet(diag(x))", -1, 2),
        At(target, "logdet(diag(x) + 0.1*x*x')", -1, 2),
    ];

    private static CodeCase At(CodeTarget target, string program, params double[] x)
    {
        var compiled = CompiledExpression<double>.Parse(program, ["x in R^n"], Output.Value);
        return new(program, compiled.ToCode(target), [NDArray<double>.FromArray(x, x.Length)], []);
    }
}
