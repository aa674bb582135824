namespace Nabla.Expressions.Writing;

/// <summary>LaTeX, with no packages but amsmath.</summary>
internal sealed class LatexMarkup : Markup
{
    private static readonly HashSet<string> s_commands = new(StringComparer.Ordinal)
    {
        "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "exp", "log", "det", "max", "min",
    };

    /// <inheritdoc/>
    public override string Plus => " + ";

    /// <inheritdoc/>
    public override string Minus => " - ";

    /// <inheritdoc/>
    public override string Negative => "-";

    /// <inheritdoc/>
    public override string Juxtaposed(bool wide) => wide ? "\\," : " ";

    /// <inheritdoc/>
    public override string Dot => " \\cdot ";

    /// <inheritdoc/>
    public override string Hadamard => " \\odot ";

    /// <inheritdoc/>
    public override string ElementwiseDivide => " \\oslash ";

    /// <inheritdoc/>
    public override string Kronecker => " \\otimes ";

    /// <inheritdoc/>
    public override string Binding => " = ";

    /// <inheritdoc/>
    public override string Comma => ", ";

    /// <inheritdoc/>
    public override string Statement => ",\\quad ";

    /// <inheritdoc/>
    public override string Colon => "{:}";

    /// <inheritdoc/>
    public override string Transpose => "\\top";

    /// <inheritdoc/>
    public override string Inverse => "-1";

    /// <inheritdoc/>
    public override string InverseTranspose => "-\\top";

    /// <inheritdoc/>
    public override string Pseudoinverse => "+";

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Fraction => ("\\frac{", "}{", "}");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Superscript => ("", "^{", "}");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Subscript => ("", "_{", "}");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Reduction(string function) => (function == "prod" ? "\\prod_{" : "\\sum_{", "} ", "");

    /// <inheritdoc/>
    public override (string Open, string Close) Parentheses => ("\\left(", "\\right)");

    /// <inheritdoc/>
    public override (string Open, string Close) Root => ("\\sqrt{", "}");

    /// <inheritdoc/>
    public override (string Open, string Close) Absolute => ("\\left\\lvert ", "\\right\\rvert ");

    /// <inheritdoc/>
    public override (string Open, string Close) Norm(string index) => ("\\left\\lVert ", $"\\right\\rVert_{{{(index == "∞" ? "\\infty" : index)}}}");

    /// <inheritdoc/>
    public override (string Open, string Close) Angles => ("\\left\\langle ", "\\right\\rangle ");

    /// <inheritdoc/>
    public override (string Open, string Entry, string Row, string Close) Matrix => ("\\begin{bmatrix}", " & ", " \\\\ ", "\\end{bmatrix}");

    /// <inheritdoc/>
    public override string Digits(string digits) => digits;

    /// <inheritdoc/>
    public override string Symbol(string letter, bool upright) => upright ? $"\\mathbf{{{letter}}}" : Greek.Latex(letter[0]) ?? letter;

    /// <inheritdoc/>
    public override string Word(string word) => $"\\mathrm{{{string.Concat(word.Select(c => c == '_' ? "\\_" : Greek.Latex(c) is { } greek ? $"{greek} " : c.ToString()))}}}";

    /// <inheritdoc/>
    public override string Function(string name) => s_commands.Contains(name) ? "\\" + name : $"\\operatorname{{{name}}}";

    /// <inheritdoc/>
    public override string Cross => " \\times ";

    /// <inheritdoc/>
    public override string ElementwiseExponent => "\\odot ";
}
