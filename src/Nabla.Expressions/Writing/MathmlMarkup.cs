namespace Nabla.Expressions.Writing;

/// <summary>MathML Core.</summary>
internal sealed class MathmlMarkup : Markup
{
    /// <inheritdoc/>
    public override (string Open, string Close) Whole => ("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow>", "</mrow></math>");

    /// <inheritdoc/>
    public override string Plus => "<mo>+</mo>";

    /// <inheritdoc/>
    public override string Minus => "<mo>−</mo>";

    /// <inheritdoc/>
    public override string Negative => "<mo form=\"prefix\">−</mo>";

    /// <inheritdoc/>
    public override string Juxtaposed(bool wide) => wide ? "<mo lspace=\"0\" rspace=\"0.167em\">&#x2062;</mo>" : "<mo>&#x2062;</mo>";

    /// <inheritdoc/>
    public override string Dot => "<mo>·</mo>";

    /// <inheritdoc/>
    public override string Hadamard => "<mo>⊙</mo>";

    /// <inheritdoc/>
    public override string ElementwiseDivide => "<mo>⊘</mo>";

    /// <inheritdoc/>
    public override string Kronecker => "<mo>⊗</mo>";

    /// <inheritdoc/>
    public override string Binding => "<mo>=</mo>";

    /// <inheritdoc/>
    public override string Comma => "<mo separator=\"true\">,</mo>";

    /// <inheritdoc/>
    public override string Statement => "<mo separator=\"true\">,</mo><mspace width=\"1em\"/>";

    /// <inheritdoc/>
    public override string Colon => "<mo lspace=\"0\" rspace=\"0\">:</mo>";

    /// <inheritdoc/>
    public override string Transpose => "<mo>⊤</mo>";

    /// <inheritdoc/>
    public override string Inverse => "<mo form=\"prefix\">−</mo><mn>1</mn>";

    /// <inheritdoc/>
    public override string InverseTranspose => "<mo form=\"prefix\">−</mo><mo>⊤</mo>";

    /// <inheritdoc/>
    public override string Pseudoinverse => "<mo>+</mo>";

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Fraction => ("<mfrac><mrow>", "</mrow><mrow>", "</mrow></mfrac>");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Superscript => ("<msup><mrow>", "</mrow><mrow>", "</mrow></msup>");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Subscript => ("<msub><mrow>", "</mrow><mrow>", "</mrow></msub>");

    /// <inheritdoc/>
    public override (string Open, string Between, string Close) Reduction(string function) =>
        ($"<mrow><munder><mo>{(function == "prod" ? "∏" : "∑")}</mo><mrow>", "</mrow></munder>", "</mrow>");

    /// <inheritdoc/>
    public override (string Open, string Close) Parentheses => ("<mrow><mo>(</mo>", "<mo>)</mo></mrow>");

    /// <inheritdoc/>
    public override (string Open, string Close) Root => ("<msqrt><mrow>", "</mrow></msqrt>");

    /// <inheritdoc/>
    public override (string Open, string Close) Absolute => ("<mrow><mo form=\"prefix\">|</mo>", "<mo form=\"postfix\">|</mo></mrow>");

    /// <inheritdoc/>
    public override (string Open, string Close) Norm(string index) =>
        ("<msub><mrow><mo form=\"prefix\">‖</mo>", $"<mo form=\"postfix\">‖</mo></mrow>{(index == "F" ? "<mi>F</mi>" : index == "∞" ? "<mi>∞</mi>" : $"<mn>{index}</mn>")}</msub>");

    /// <inheritdoc/>
    public override (string Open, string Close) Angles => ("<mrow><mo>⟨</mo>", "<mo>⟩</mo></mrow>");

    /// <inheritdoc/>
    public override (string Open, string Entry, string Row, string Close) Matrix =>
        ("<mrow><mo>[</mo><mtable><mtr><mtd><mrow>", "</mrow></mtd><mtd><mrow>", "</mrow></mtd></mtr><mtr><mtd><mrow>", "</mrow></mtd></mtr></mtable><mo>]</mo></mrow>");

    /// <inheritdoc/>
    public override (string Open, string Close) Dimensioned(string dimensions) => ("<munder><mrow>", $"</mrow><mtext class=\"dimension\">{dimensions}</mtext></munder>");

    /// <inheritdoc/>
    public override string Digits(string digits) => $"<mn>{digits}</mn>";

    /// <inheritdoc/>
    public override string Symbol(string letter, bool upright) => upright ? char.IsAsciiDigit(letter[0]) ? $"<mn>{letter}</mn>" : $"<mi mathvariant=\"normal\">{letter}</mi>" : $"<mi>{letter}</mi>";

    /// <inheritdoc/>
    public override string Word(string word) => $"<mi>{word}</mi>";

    /// <inheritdoc/>
    public override string Function(string name) => $"<mi>{name}</mi><mo>&#x2061;</mo>";

    /// <inheritdoc/>
    public override string Cross => "<mo>×</mo>";

    /// <inheritdoc/>
    public override string ElementwiseExponent => "<mo>⊙</mo>";
}
