namespace Nabla.Expressions.Requests;

/// <summary>The written forms of a derivative.</summary>
[Flags]
internal enum Formats
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>The notation.</summary>
    Text = 1,
    /// <summary>LaTeX.</summary>
    Latex = 2,
    /// <summary>MathML Core.</summary>
    Mathml = 4,
    /// <summary>MathML Core with the dimensions under every factor.</summary>
    Dimensions = 8,
    /// <summary>The derivation as HTML with MathML, where steps are asked for.</summary>
    Html = 16,
    /// <summary>What an answer has when the request does not say.</summary>
    Default = Text | Latex,
}
