namespace Nabla.Cli.Requests;

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
    /// <summary>What an answer has when the request does not say.</summary>
    Default = Text | Latex,
}
