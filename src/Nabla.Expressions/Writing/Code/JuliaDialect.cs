using System.Text;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Julia with its own LinearAlgebra.</summary>
internal sealed class JuliaDialect : LoopDialect
{
    /// <inheritdoc/>
    public override int Origin => 1;

    /// <inheritdoc/>
    public override string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, string[] results, bool[] areScalars)
    {
        string body = string.Concat(lines.Select(l => $"    {l}\n"));
        var text = new StringBuilder("using LinearAlgebra\n");
        if (body.Contains("erf(", StringComparison.Ordinal)) text.Append("using SpecialFunctions\n");
        text.Append('\n');
        if (body.Contains("sigmoid(", StringComparison.Ordinal)) text.Append("sigmoid(x) = x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))\n");
        if (body.Contains("softplus(", StringComparison.Ordinal)) text.Append("softplus(x) = max(x, 0) + log1p(exp(-abs(x)))\n");
        if (body.Contains("norm_power(", StringComparison.Ordinal)) text.Append("norm_power(x, p) = x == 0 ? 0.0 : x^p\n");
        if (body.Contains("softmax(", StringComparison.Ordinal)) text.Append("softmax(x) = (e = exp.(x .- maximum(x)); e ./ sum(e))\n");
        if (body.Contains("logsumexp(", StringComparison.Ordinal)) text.Append("logsumexp(x) = (top = maximum(x); top + log(sum(exp.(x .- top))))\n");
        if (body.Contains("eigenprojections(", StringComparison.Ordinal)) text.Append("eigenprojections(x) = (V = eigen(Symmetric(x)).vectors; [V[k, i] * V[l, i] for i in axes(V, 2), k in axes(V, 1), l in axes(V, 1)])\n");
        text.Append("\nfunction ").Append(name).Append('(').AppendJoin(", ", inputs.Select(i => i.Name)).Append(")\n");
        foreach (var (size, input, axis) in sizes.Sources) text.Append("    ").Append(size).Append(" = size(").Append(inputs.First(i => i.Variable.Name == input).Name).Append(", ").Append(axis + 1).Append(")\n");
        foreach (var (input, v) in inputs.Where(i => i.Variable.Shape.Axes.Count > 0))
            text.Append("    @assert size(").Append(input).Append(") == (").AppendJoin(", ", v.Shape.Axes.Select(sizes.Of)).Append(v.Shape.Axes.Count == 1 ? ",)\n" : ")\n");
        return text.Append(body).Append("    return ").AppendJoin(", ", results).Append("\nend\n").ToString();
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
    public override string Inverse(string factors, string size) => $"inv({factors})";

    /// <inheritdoc/>
    public override string LogDeterminant(string factors, bool isPositiveDefinite) => $"logdet({factors})";

    /// <inheritdoc/>
    public override string? Function(string name, string[] x) => name switch
    {
        "relu" => $"max({x[0]}, 0.0)",
        "elementwise-power" => Power(x[0], x[1]),
        "norm-power" => $"norm_power({x[0]}, {x[1]})",
        _ => $"{name}({string.Join(", ", x)})",
    };

    /// <inheritdoc/>
    public override string Power(string x, string exponent) => $"({x})^({exponent})";

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
