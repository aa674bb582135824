using System.Text;
using System.Text.RegularExpressions;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Julia with its own LinearAlgebra.</summary>
internal sealed class JuliaDialect : LoopDialect
{
    private static readonly Definition[] s_definitions =
    [
        new("sigmoid", "sigmoid(x) = x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))"),
        new("softplus", "softplus(x) = max(x, 0) + log1p(exp(-abs(x)))"),
        new("norm_power", "norm_power(x, p) = x == 0 ? 0.0 : x^p"),
        new("softmax", "softmax(x) = (e = exp.(x .- maximum(x)); e ./ sum(e))"),
        new("logsumexp", "logsumexp(x) = (top = maximum(x); top + log(sum(exp.(x .- top))))"),
        new("eigenprojections", "eigenprojections(x) = (V = eigen(Symmetric(x)).vectors; [V[k, i] * V[l, i] for i in axes(V, 2), k in axes(V, 1), l in axes(V, 1)])"),
    ];

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; } = new("Julia", """
        baremodule begin break catch const continue do else elseif end export false finally for function global if import in isa let local macro module quote return
        struct true try using where while abstract as mutable outer primitive public type ans ccall missing nothing
        Number DimensionMismatch LinearAlgebra SpecialFunctions Matrix Symmetric size throw zeros dot lu cholesky inv logdet det svdvals eigvals maximum minimum prod
        exp log sqrt sin cos tan asin acos atan sinh cosh tanh abs sign log1p expm1 erf max min
        """ + " " + string.Join(' ', s_definitions.Select(d => d.Name)));

    /// <inheritdoc/>
    public override int Origin => 1;

    /// <inheritdoc/>
    public override string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, IReadOnlyList<(string Name, bool IsScalar)> results)
    {
        string body = string.Join('\n', lines);
        var text = new StringBuilder("using LinearAlgebra\n");
        if (Regex.IsMatch(body, @"(?<!\w)erf\(")) text.Append("using SpecialFunctions\n");
        text.Append('\n');
        foreach (var definition in Definition.Needed(body, s_definitions)) text.Append(definition.Text).Append("\n\n");
        text.Append("function ").Append(name).Append('(').AppendJoin(", ", inputs.Select(i => i.Name)).Append(")\n");
        void Line(string line) => text.Append("    ").Append(line).Append('\n');
        foreach (var (size, input, axis) in sizes.Sources) Line($"{size} = size({input}, {axis + 1})");
        foreach (var (input, v) in inputs)
        {
            string wanted = $"({string.Join(", ", sizes.Of(v))}{(v.Shape.Axes.Count == 1 ? "," : "")})";
            Line(v.Shape.Axes.Count == 0
                ? $"{input} isa Number || throw(DimensionMismatch(\"{input} must be a scalar, but its size is $(size({input}))\"))"
                : $"size({input}) == {wanted} || throw(DimensionMismatch(\"{input} must be of size $({wanted}), but its size is $(size({input}))\"))");
        }
        foreach (string line in lines) Line(line);
        return text.Append("    return ").AppendJoin(", ", results.Select(r => r.Name)).Append("\nend\n").ToString();
    }

    /// <inheritdoc/>
    public override string Scalar(string name, string value) => $"{name} = {value}";

    /// <inheritdoc/>
    public override IEnumerable<string> Zeros(string name, string[] sizes) => [$"{name} = zeros({string.Join(", ", sizes)})"];

    /// <inheritdoc/>
    public override IEnumerable<string> Array(string name, string value) => [$"{name} = {value}"];

    /// <inheritdoc/>
    public override (string Head, string End) Loop(string index, string size) => ($"for {index} in 1:{size}", "end");

    /// <inheritdoc/>
    public override string Entry(string name, string[] index, string[] sizes, bool isTarget = false) => $"{name}[{string.Join(", ", index)}]";

    /// <inheritdoc/>
    public override string AddTo(string place, string value) => $"{place} += {value}";

    /// <inheritdoc/>
    public override string SetTo(string place, string value) => $"{place} = {value}";

    /// <inheritdoc/>
    public override string Product(string a, bool aTransposed, int aOrder, string b, bool bTransposed, int bOrder) =>
        aOrder == 1 && bOrder == 1 ? $"dot({a}, {b})" : aOrder == 1 ? $"{b}{(bTransposed ? "" : "'")}*{a}" : $"{a}{(aTransposed ? "'" : "")}*{b}{(bTransposed ? "'" : "")}";

    /// <inheritdoc/>
    public override string Factorisation(string name, string matrix, bool isPositiveDefinite) => isPositiveDefinite ? $"{name} = cholesky(Symmetric({matrix}))" : $"{name} = lu({matrix})";

    /// <inheritdoc/>
    public override string Solution(string factors, string right, bool transposed, bool rightTransposed, bool isPositiveDefinite) =>
        $"{factors}{(transposed && !isPositiveDefinite ? "'" : "")} \\ {(rightTransposed ? $"Matrix({right}')" : right)}";

    /// <inheritdoc/>
    public override string Inverse(string factors, bool isPositiveDefinite) => $"inv({factors})";

    /// <inheritdoc/>
    public override string LogDeterminant(string factors, bool isPositiveDefinite) => $"logdet({factors})";

    /// <inheritdoc/>
    public override string? Function(string name, string[] x) => name switch
    {
        "relu" => $"max({x[0]}, 0.0)",
        "elementwise-power" => $"{Brackets.Closed(x[0])}^{Brackets.Closed(x[1])}",
        "norm-power" => $"norm_power({x[0]}, {x[1]})",
        _ => $"{name}({string.Join(", ", x)})",
    };

    /// <inheritdoc/>
    public override string Power(string x, double exponent) => $"{Brackets.Closed(x)}^{(exponent < 0 ? $"({Number(exponent)})" : Number(exponent))}";

    /// <inheritdoc/>
    public override string? MatrixFunction(string name, string x) => name switch
    {
        "det" or "svdvals" or "eigenprojections" => $"{name}({x})",
        "eigvals" => $"eigvals(Symmetric({x}))",
        _ => null,
    };

    /// <inheritdoc/>
    public override string RowFunction(string function, string target, string[] targetSizes, string argument, string[] leading, string[] sizes)
    {
        string word = function switch { "lse" => "logsumexp", "max" => "maximum", "min" => "minimum", _ => function };
        string colons = string.Join(", ", leading.Concat(Enumerable.Repeat(":", sizes.Length - leading.Length)));
        if (targetSizes.Length == 0) return $"{target} = {word}({argument})";
        return function == "softmax" ? $"{target}[{colons}] = softmax({argument}[{colons}])" : $"{target}[{string.Join(", ", leading)}] = {word}({argument}[{colons}])";
    }
}
