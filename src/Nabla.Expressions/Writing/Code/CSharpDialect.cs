using System.Text;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>C# over arrays of Nabla.Numerics: a static class with one method.</summary>
internal sealed class CSharpDialect : LoopDialect
{
    private static readonly Definition[] s_definitions =
    [
        new("Sigmoid", "private static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));"),
        // Kahan's formulas: Higham (2002), Accuracy and Stability of Numerical Algorithms, section 1.14.1.
        new("Log1p", "private static double Log1p(double x) => 1 + x is var u && u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));"),
        new("Expm1", "private static double Expm1(double x) => Math.Exp(x) is var u && u == 1 ? x : u - 1 == -1 ? -1 : double.IsPositiveInfinity(u) ? u : (u - 1) * (x / Math.Log(u));"),
        new("Softplus", "private static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));"),
        new("Erf", "private static double Erf(double x) => Elementary.Erf(NDArray<double>.Scalar(x)).ToScalar();"),
        new("Sign", "private static double Sign(double x) => double.IsNaN(x) ? x : Math.Sign(x);"),
        new("NormPower", "private static double NormPower(double x, double p) => x == 0 ? 0 : Math.Pow(x, p);"),
        new("Prod", "private static double Prod(ReadOnlySpan<double> x)\n    {\n        double product = 1;\n        foreach (double e in x) product *= e;\n        return product;\n    }"),
        new("Largest", "private static double Largest(ReadOnlySpan<double> x)\n    {\n        double largest = double.NegativeInfinity;\n        foreach (double e in x) largest = Math.Max(largest, e);\n        return largest;\n    }"),
        new("Smallest", "private static double Smallest(ReadOnlySpan<double> x)\n    {\n        double smallest = double.PositiveInfinity;\n        foreach (double e in x) smallest = Math.Min(smallest, e);\n        return smallest;\n    }"),
        new("LogSumExp", "private static double LogSumExp(ReadOnlySpan<double> x)\n    {\n        double top = Largest(x), sum = 0;\n        foreach (double e in x) sum += Math.Exp(e - top);\n        return top + Math.Log(sum);\n    }"),
        new("Softmax", "private static void Softmax(ReadOnlySpan<double> x, Span<double> y)\n    {\n        double top = Largest(x), sum = 0;\n        for (int k = 0; k < x.Length; k++) sum += y[k] = Math.Exp(x[k] - top);\n        for (int k = 0; k < x.Length; k++) y[k] /= sum;\n    }"),
        new("LogDeterminant", "private static double LogDeterminant(LU<double> factors) => factors.DeterminantSign > 0 ? factors.LogAbsDeterminant : throw new ArithmeticException(\"logdet needs a matrix with positive determinant.\");"),
        new("Eigenprojections", "private static NDArray<double> Eigenprojections(NDArray<double> A)\n    {\n        var V = new SymmetricEigen<double>(A).Vectors;\n        var P = NDArray<double>.Zeros(V.Rows, V.Rows, V.Rows);\n        for (int i = 0; i < V.Rows; i++)\n            for (int k = 0; k < V.Rows; k++)\n                for (int l = 0; l < V.Rows; l++) P[i, k, l] = V[k, i] * V[l, i];\n        return P;\n    }"),
    ];

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; } = new("C#", """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed
        float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly
        ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile
        while await dynamic field nameof nint nuint not and or var when with yield
        System Nabla Math Span ReadOnlySpan ArithmeticException ShapeException NDArray Elementary LU Cholesky SVD SymmetricEigen Generated
        """ + " " + string.Join(' ', s_definitions.Select(d => d.Name)))
    {
        // The entries of an array x are the span x_.
        Companions = ["_"],
    };

    /// <inheritdoc/>
    public override int Origin => 0;

    /// <inheritdoc/>
    public override string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, IReadOnlyList<(string Name, bool IsScalar)> results)
    {
        var body = new StringBuilder();
        void Line(string text) => body.Append("        ").Append(text).Append('\n');
        (string Name, Variable Variable)[] arrays = [.. inputs.Where(i => i.Variable.Shape.Axes.Count > 0)];
        foreach (var (input, v) in arrays)
            Line($"if ({input}.Order != {v.Shape.Axes.Count}) throw new ShapeException($\"{input} must be a {(v.Shape.Axes.Count == 1 ? "vector" : "matrix")}, but it has {{{input}.Order}} axes.\");");
        foreach (var (size, input, axis) in sizes.Sources) Line($"int {size} = {input}.Shape[{axis}];");
        foreach (var (input, v) in arrays)
        {
            Line($"if (!{input}.Shape.SequenceEqual([{string.Join(", ", sizes.Of(v))}])) throw new ShapeException($\"{input} must be {string.Join(" x ", sizes.Of(v).Select(s => $"{{{s}}}"))}, but it is {{string.Join(\" x \", {input}.Shape.ToArray())}}.\");");
            Line($"{input} = {input}.AsContiguous();");
            Line($"Span<double> {input}_ = {input}.AsSpan();");
        }
        foreach (string line in lines) Line(line);
        string[] types = [.. results.Select(r => r.IsScalar ? "double" : "NDArray<double>")];
        Line($"return {(results.Count == 1 ? results[0].Name : $"({string.Join(", ", results.Select(r => r.Name))})")};");
        string parameters = string.Join(", ", inputs.Select(i => $"{(i.Variable.Shape.Axes.Count == 0 ? "double" : "NDArray<double>")} {i.Name}"));
        var text = new StringBuilder("using System;\nusing Nabla.Numerics;\n\npublic static class Generated\n{\n");
        text.Append("    public static ").Append(types.Length == 1 ? types[0] : $"({string.Join(", ", types)})").Append(' ').Append(name).Append('(').Append(parameters).Append(")\n    {\n").Append(body).Append("    }\n");
        foreach (var definition in Definition.Needed(body.ToString(), s_definitions)) text.Append("\n    ").Append(definition.Text).Append('\n');
        return text.Append("}\n").ToString();
    }

    /// <inheritdoc/>
    public override string Scalar(string name, string value) => $"double {name} = {value};";

    /// <inheritdoc/>
    public override IEnumerable<string> Zeros(string name, string[] sizes) => Array(name, $"NDArray<double>.Zeros({string.Join(", ", sizes)})");

    /// <inheritdoc/>
    public override IEnumerable<string> Array(string name, string value) => [$"NDArray<double> {name} = {value};", $"Span<double> {name}_ = {name}.AsSpan();"];

    /// <inheritdoc/>
    public override (string Head, string End) Loop(string index, string size) => ($"for (int {index} = 0; {index} < {size}; {index}++) {{", "}");

    /// <inheritdoc/>
    public override string Entry(string name, string[] index, string[] sizes, bool isTarget = false)
    {
        string place = index[0];
        for (int a = 1; a < index.Length; a++) place = $"{(a > 1 ? $"({place})" : place)}*{sizes[a]} + {index[a]}";
        return $"{name}_[{place}]";
    }

    /// <inheritdoc/>
    public override string AddTo(string place, string value) => $"{place} += {value};";

    /// <inheritdoc/>
    public override string SetTo(string place, string value) => $"{place} = {value};";

    /// <inheritdoc/>
    public override string Product(string a, bool aTransposed, int aOrder, string b, bool bTransposed, int bOrder) =>
        aOrder == 1 && bOrder == 1 ? $"NDArray.Dot({a}, {b})"
        : aOrder == 1 ? $"NDArray.MatMul({b}{(bTransposed ? "" : ".Transpose()")}, {a}).AsContiguous()"
        : $"NDArray.MatMul({a}{(aTransposed ? ".Transpose()" : "")}, {b}{(bTransposed ? ".Transpose()" : "")}).AsContiguous()";

    /// <inheritdoc/>
    public override string Factorisation(string name, string matrix, bool isPositiveDefinite) => $"var {name} = new {(isPositiveDefinite ? "Cholesky" : "LU")}<double>({matrix});";

    /// <inheritdoc/>
    public override string Solution(string factors, string right, bool transposed, bool rightTransposed, bool isPositiveDefinite)
    {
        string b = rightTransposed ? $"{right}.Transpose()" : right;
        return transposed && !isPositiveDefinite ? $"NDArray.MatMul({factors}.Inverse().Transpose(), {b}).AsContiguous()" : $"{factors}.Solve({b}).AsContiguous()";
    }

    /// <inheritdoc/>
    public override string Inverse(string factors, bool isPositiveDefinite) => $"{factors}.Inverse().AsContiguous()";

    /// <inheritdoc/>
    public override string LogDeterminant(string factors, bool isPositiveDefinite) => isPositiveDefinite ? $"{factors}.LogDeterminant" : $"LogDeterminant({factors})";

    /// <inheritdoc/>
    public override string? Function(string name, string[] x) => name switch
    {
        "exp" or "log" or "sin" or "cos" or "tan" or "asin" or "acos" or "atan" or "sinh" or "cosh" or "tanh" or "abs" or "sqrt" => $"Math.{char.ToUpperInvariant(name[0])}{name[1..]}({x[0]})",
        "max" => $"Math.Max({x[0]}, {x[1]})",
        "min" => $"Math.Min({x[0]}, {x[1]})",
        "relu" => $"Math.Max({x[0]}, 0.0)",
        "elementwise-power" => $"Math.Pow({x[0]}, {x[1]})",
        "sigmoid" => $"Sigmoid({x[0]})",
        "softplus" => $"Softplus({x[0]})",
        "log1p" => $"Log1p({x[0]})",
        "expm1" => $"Expm1({x[0]})",
        "erf" => $"Erf({x[0]})",
        "sign" => $"Sign({x[0]})",
        "norm-power" => $"NormPower({x[0]}, {x[1]})",
        _ => null,
    };

    /// <inheritdoc/>
    public override string Power(string x, double exponent) => $"Math.Pow({x}, {Number(exponent)})";

    /// <inheritdoc/>
    public override string? MatrixFunction(string name, string x) => name switch
    {
        "det" => $"new LU<double>({x}).Determinant",
        "eigvals" => $"new SymmetricEigen<double>({x}, false).Values.AsContiguous()",
        "svdvals" => $"new SVD<double>({x}).S.AsContiguous()",
        "eigenprojections" => $"Eigenprojections({x})",
        _ => null,
    };

    /// <inheritdoc/>
    public override string RowFunction(string function, string target, string[] targetSizes, string argument, string[] leading, string[] sizes)
    {
        string length = string.Join("*", sizes[leading.Length..]), row = "0";
        for (int a = 0; a < leading.Length; a++) row = a == 0 ? leading[0] : $"({row})*{sizes[a]} + {leading[a]}";
        string from = $"{argument}_.Slice(({row})*{length}, {length})";
        string word = function switch { "softmax" => "Softmax", "lse" => "LogSumExp", "prod" => "Prod", "max" => "Largest", _ => "Smallest" };
        if (function == "softmax") return $"Softmax({from}, {target}_.Slice(({row})*{length}, {length}));";
        return targetSizes.Length == 0 ? $"double {target} = {word}({from});" : $"{target}_[{row}] = {word}({from});";
    }
}
