using System.Text;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>MATLAB, in the language that it shares with GNU Octave; vectors are columns.</summary>
internal sealed class MatlabDialect : LoopDialect
{
    // max and min pass over what is not a number, and functions outside of their domain have complex values: neither may go unseen.
    private static readonly Definition[] s_definitions =
    [
        new("real_value", "function y = real_value(y)\n    if ~isreal(y), error('A function is outside of its domain: its value would be %s.', num2str(y)); end\nend"),
        new("sigmoid", "function y = sigmoid(x)\n    e = exp(-abs(x));\n    if x >= 0, y = 1/(1 + e); else, y = e/(1 + e); end\nend"),
        new("softplus", "function y = softplus(x)\n    y = max(x, 0) + log1p(exp(-abs(x)));\nend"),
        new("norm_power", "function y = norm_power(x, p)\n    if x == 0, y = 0; else, y = x^p; end\nend"),
        new("larger", "function z = larger(x, y)\n    if x >= y || isnan(x), z = x; else, z = y; end\nend"),
        new("smaller", "function z = smaller(x, y)\n    if x <= y || isnan(x), z = x; else, z = y; end\nend"),
        new("largest", "function y = largest(x)\n    if any(isnan(x(:))), y = NaN; else, y = max(x(:)); end\nend"),
        new("smallest", "function y = smallest(x)\n    if any(isnan(x(:))), y = NaN; else, y = min(x(:)); end\nend"),
        new("product", "function y = product(x)\n    y = prod(x(:));\nend"),
        new("softmax", "function y = softmax(x)\n    e = exp(x - max(x(:)));\n    y = e/sum(e(:));\nend"),
        new("logsumexp", "function y = logsumexp(x)\n    top = max(x(:));\n    y = top + log(sum(exp(x(:) - top)));\nend"),
        new("log_determinant", "function y = log_determinant(U, P)\n    pivots = diag(U);\n    if ~(det(P)*prod(sign(pivots)) > 0), error('logdet needs a matrix with positive determinant.'); end\n    y = sum(log(abs(pivots)));\nend"),
        new("eigenprojections", "function P = eigenprojections(X)\n    [V, D] = eig((X + X')/2);\n    [~, order] = sort(diag(D));\n    n = size(X, 1);\n    P = zeros(n, n, n);\n    for i = 1:n\n        v = V(:, order(i));\n        P(i, :, :) = v*v';\n    end\nend"),
    ];

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; } = new("MATLAB", """
        break case catch classdef continue else elseif end for function global if otherwise parfor persistent return spmd switch try while
        arguments enumeration events import methods properties ans nargin nargout varargin varargout
        do until unwind_protect unwind_protect_cleanup end_try_catch end_unwind_protect endfor endfunction endif endparfor endswitch endwhile
        size numel isequal isscalar mat2str error zeros diag sum prod log exp chol lu inv det svd eig sort realsqrt reallog realpow
        sin cos tan asin acos atan sinh cosh tanh abs sign log1p expm1 erf
        """ + " " + string.Join(' ', s_definitions.Select(d => d.Name)))
    {
        Letter = Greek.Spelled,
        // The factors of a matrix t are t_L, t_U and t_P, or t_R.
        Companions = ["_L", "_U", "_P", "_R"],
        Longest = 56,
    };

    /// <inheritdoc/>
    public override int Origin => 1;

    /// <inheritdoc/>
    public override string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, IReadOnlyList<(string Name, bool IsScalar)> results)
    {
        var text = new StringBuilder("function ").Append(results.Count == 1 ? results[0].Name : $"[{string.Join(", ", results.Select(r => r.Name))}]");
        text.Append(" = ").Append(name).Append('(').AppendJoin(", ", inputs.Select(i => i.Name)).Append(")\n");
        void Line(string line) => text.Append("    ").Append(line).Append('\n');
        var orders = inputs.ToDictionary(i => i.Name, i => i.Variable.Shape.Axes.Count);
        foreach (var (size, input, axis) in sizes.Sources) Line(orders[input] == 1 ? $"{size} = numel({input});" : $"{size} = size({input}, {axis + 1});");
        foreach (var (input, v) in inputs)
        {
            string wanted = $"[{string.Join(", ", sizes.Of(v))}{(orders[input] == 1 ? ", 1" : "")}]";
            Line(orders[input] == 0
                ? $"if ~isscalar({input}), error('{input} must be a scalar, but its size is %s.', mat2str(size({input}))); end"
                : $"if ~isequal(size({input}), {wanted}), error('{input} must be of size %s, but its size is %s.', mat2str({wanted}), mat2str(size({input}))); end");
        }
        foreach (string line in lines) Line(line);
        text.Append("end\n");
        foreach (var definition in Definition.Needed(string.Join('\n', lines), s_definitions)) text.Append('\n').Append(definition.Text).Append('\n');
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
    public override string Factorisation(string name, string matrix, bool isPositiveDefinite) => isPositiveDefinite ? $"{name}_R = chol({matrix});" : $"[{name}_L, {name}_U, {name}_P] = lu({matrix});";

    /// <inheritdoc/>
    public override string Solution(string factors, string right, bool transposed, bool rightTransposed, bool isPositiveDefinite)
    {
        string b = right + (rightTransposed ? "'" : "");
        if (isPositiveDefinite) return $"{factors}_R\\({factors}_R'\\{b})";
        return transposed ? $"{factors}_P'*({factors}_L'\\({factors}_U'\\{b}))" : $"{factors}_U\\({factors}_L\\({factors}_P*{b}))";
    }

    /// <inheritdoc/>
    public override string Inverse(string factors, bool isPositiveDefinite) => isPositiveDefinite ? $"{factors}_R\\inv({factors}_R')" : $"{factors}_U\\({factors}_L\\{factors}_P)";

    /// <inheritdoc/>
    public override string LogDeterminant(string factors, bool isPositiveDefinite) => isPositiveDefinite ? $"2*sum(log(diag({factors}_R)))" : $"log_determinant({factors}_U, {factors}_P)";

    /// <inheritdoc/>
    public override string? Function(string name, string[] x) => name switch
    {
        "relu" => $"larger({x[0]}, 0)",
        "max" => $"larger({x[0]}, {x[1]})",
        "min" => $"smaller({x[0]}, {x[1]})",
        "log" or "sqrt" => $"real{name}({x[0]})",
        "log1p" or "asin" or "acos" => $"real_value({name}({x[0]}))",
        "elementwise-power" => $"realpow({x[0]}, {x[1]})",
        "norm-power" => $"norm_power({x[0]}, {x[1]})",
        _ => $"{name}({string.Join(", ", x)})",
    };

    /// <inheritdoc/>
    public override string Power(string x, double exponent) => double.IsInteger(exponent) ? $"{Brackets.Closed(x)}^{(exponent < 0 ? $"({exponent:R})" : $"{exponent:R}")}" : $"realpow({x}, {Number(exponent)})";

    /// <inheritdoc/>
    public override string? MatrixFunction(string name, string x) => name switch
    {
        "det" => $"det({x})",
        "svdvals" => $"svd({x})",
        "eigvals" => $"sort(eig(({x} + {x}')/2))",
        "eigenprojections" => $"eigenprojections({x})",
        _ => null,
    };

    /// <inheritdoc/>
    public override string RowFunction(string function, string target, string[] targetSizes, string argument, string[] leading, string[] sizes)
    {
        string colons = string.Join(", ", leading.Concat(Enumerable.Repeat(":", sizes.Length - leading.Length)));
        string word = function switch { "lse" => "logsumexp", "prod" => "product", "max" => "largest", "min" => "smallest", _ => function };
        string value = $"{word}({(leading.Length == 0 ? argument : $"{argument}({colons})")})";
        if (targetSizes.Length == 0) return $"{target} = {value};";
        return function == "softmax" ? $"{target}({colons}) = {value};" : $"{target}({string.Join(", ", leading)}) = {value};";
    }
}
