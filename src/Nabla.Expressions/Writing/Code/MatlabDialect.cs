using System.Text;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>MATLAB; vectors are columns.</summary>
internal sealed class MatlabDialect : LoopDialect
{
    /// <inheritdoc/>
    public override int Origin => 1;

    /// <inheritdoc/>
    public override string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, string[] results, bool[] areScalars)
    {
        string body = string.Concat(lines.Select(l => $"    {l}\n"));
        var text = new StringBuilder("function ").Append(results.Length == 1 ? results[0] : $"[{string.Join(", ", results)}]").Append(" = ").Append(name).Append('(').AppendJoin(", ", inputs.Select(i => i.Name)).Append(")\n");
        foreach (var (size, input, axis) in sizes.Sources) text.Append("    ").Append(size).Append(" = size(").Append(inputs.First(i => i.Variable.Name == input).Name).Append(", ").Append(axis + 1).Append(");\n");
        foreach (var (input, v) in inputs.Where(i => i.Variable.Shape.Axes.Count > 0))
            text.Append("    assert(isequal(size(").Append(input).Append("), [").AppendJoin(", ", v.Shape.Axes.Select(sizes.Of)).Append(v.Shape.Axes.Count == 1 ? ", 1]));\n" : "]));\n");
        text.Append(body).Append("end\n");
        if (body.Contains("sigmoid(", StringComparison.Ordinal)) text.Append("\nfunction y = sigmoid(x)\n    e = exp(-abs(x));\n    if x >= 0, y = 1/(1 + e); else, y = e/(1 + e); end\nend\n");
        if (body.Contains("softplus(", StringComparison.Ordinal)) text.Append("\nfunction y = softplus(x)\n    y = max(x, 0) + log1p(exp(-abs(x)));\nend\n");
        if (body.Contains("norm_power(", StringComparison.Ordinal)) text.Append("\nfunction y = norm_power(x, p)\n    if x == 0, y = 0; else, y = x^p; end\nend\n");
        if (body.Contains("softmax(", StringComparison.Ordinal)) text.Append("\nfunction y = softmax(x)\n    e = exp(x - max(x(:)));\n    y = e/sum(e(:));\nend\n");
        if (body.Contains("logsumexp(", StringComparison.Ordinal)) text.Append("\nfunction y = logsumexp(x)\n    top = max(x(:));\n    y = top + log(sum(exp(x(:) - top)));\nend\n");
        if (body.Contains("logdet_of(", StringComparison.Ordinal)) text.Append("\nfunction y = logdet_of(X)\n    [~, U, P] = lu(X);\n    assert(det(P)*prod(sign(diag(U))) > 0);\n    y = sum(log(abs(diag(U))));\nend\n");
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string Scalar(string name, string value) => $"{name} = {value};";

    /// <inheritdoc/>
    public override IEnumerable<string> Zeros(string name, string[] sizes) => [$"{name} = zeros({(sizes.Length == 1 ? $"{sizes[0]}, 1" : string.Join(", ", sizes))});"];

    /// <inheritdoc/>
    public override IEnumerable<string> Array(string name, string value) => [$"{name} = {value};"];

    /// <inheritdoc/>
    public override (string Head, string End) Loop(string index, string size) => ($"for {index} = 1:{size}", "end");

    /// <inheritdoc/>
    public override string Entry(string name, string[] index, string[] sizes, bool isTarget = false) => $"{name}({string.Join(", ", index)})";

    /// <inheritdoc/>
    public override string AddTo(string place, string value) => $"{place} = {place} + {value};";

    /// <inheritdoc/>
    public override string SetTo(string place, string value) => $"{place} = {value};";

    /// <inheritdoc/>
    public override string Product(string a, bool aTransposed, int aOrder, string b, bool bTransposed, int bOrder) =>
        aOrder == 1 && bOrder == 1 ? $"{a}'*{b}" : aOrder == 1 ? $"{b}{(bTransposed ? "" : "'")}*{a}" : $"{a}{(aTransposed ? "'" : "")}*{b}{(bTransposed ? "'" : "")}";

    /// <inheritdoc/>
    public override string Factorisation(string name, string matrix, bool isPositiveDefinite) => isPositiveDefinite ? $"{name} = {matrix}; {name}_ = decomposition({name}, 'chol');" : $"{name} = {matrix}; {name}_ = decomposition({name}, 'lu');";

    /// <inheritdoc/>
    public override string Solution(string factors, string right, bool transposed, bool rightTransposed, bool isPositiveDefinite) =>
        $"{factors}_{(transposed && !isPositiveDefinite ? "'" : "")} \\ {right}{(rightTransposed ? "'" : "")}";

    /// <inheritdoc/>
    public override string Inverse(string factors, string size) => $"inv({factors})";

    /// <inheritdoc/>
    public override string LogDeterminant(string factors, bool isPositiveDefinite) => isPositiveDefinite ? $"2*sum(log(diag(chol({factors}))))" : $"logdet_of({factors})";

    /// <inheritdoc/>
    public override string? Function(string name, string[] x) => name switch
    {
        "relu" => $"max({x[0]}, 0)",
        "elementwise-power" => Power(x[0], x[1]),
        "norm-power" => $"norm_power({x[0]}, {x[1]})",
        _ => $"{name}({string.Join(", ", x)})",
    };

    /// <inheritdoc/>
    public override string Power(string x, string exponent) => $"({x})^({exponent})";

    /// <inheritdoc/>
    public override string? MatrixFunction(string name, string x) => name switch
    {
        "det" => $"det({x})",
        "svdvals" => $"svd({x})",
        "eigvals" => $"eig({x})",
        _ => null,
    };

    /// <inheritdoc/>
    public override string RowFunction(string function, string target, string[] targetSizes, string argument, string[] leading, string[] sizes)
    {
        string colons = string.Join(", ", leading.Concat(Enumerable.Repeat(":", sizes.Length - leading.Length)));
        string from = leading.Length == 0 ? argument : $"{argument}({colons})";
        string value = function switch { "softmax" => $"softmax({from})", "lse" => $"logsumexp({from})", _ => $"{function}({from}, [], 'all')" };
        if (function == "prod") value = $"prod({from}, 'all')";
        if (targetSizes.Length == 0) return $"{target} = {value};";
        return function == "softmax" ? $"{target}({colons}) = {value};" : $"{target}({string.Join(", ", leading)}) = {value};";
    }
}
