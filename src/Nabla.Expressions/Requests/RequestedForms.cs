using Nabla.Expressions.Explanation;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Requests;

/// <summary>What a request asks to have written, beyond what every answer holds.</summary>
/// <param name="Formats">The written forms.</param>
internal sealed record RequestedForms(Formats Formats)
{
    /// <summary>The function as MathML with dimensions.</summary>
    public string? FunctionDimensions { get; private init; }

    /// <summary>The derivative as MathML with dimensions; null where it has no text.</summary>
    public string? DerivativeDimensions { get; private init; }

    /// <summary>One entry of a derivative that no matrix expression holds, as MathML.</summary>
    public string? IndexMathml { get; private init; }

    /// <summary>The derivation as HTML.</summary>
    public string? Html { get; private init; }

    /// <summary>Writes the forms of an answer.</summary>
    /// <param name="formats">The written forms.</param>
    /// <param name="level">How much of a derivation is told.</param>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    public static RequestedForms Of(Formats formats, DerivationLevel level, DerivativeRequest question, DerivativeAnswer answer)
    {
        var forms = new RequestedForms(formats);
        if (formats.HasFlag(Formats.Dimensions))
            forms = forms with
            {
                FunctionDimensions = DimensionedFormula.Write(answer.Function.Text, answer.Variables, question.Work),
                DerivativeDimensions = answer.Derivative.Text is { } text ? DimensionedFormula.Write(text, answer.Variables, question.Work) : null,
            };
        if (formats.HasFlag(Formats.Mathml) && answer.Derivative is { Text: null, Index: { } index })
            forms = forms with { IndexMathml = DerivationHtml.WriteFormula(index) };
        if (formats.HasFlag(Formats.Html) && answer.Derivation is { } derivation) forms = forms with { Html = DerivationHtml.Write(derivation, level) };
        return forms;
    }
}
