namespace Nabla.Cli.Prompt;

/// <summary>What a key did to the line.</summary>
internal enum EditOutcome
{
    /// <summary>The line is still being edited.</summary>
    Editing,
    /// <summary>The line is complete.</summary>
    Entered,
    /// <summary>The line is given up.</summary>
    Abandoned,
    /// <summary>There are no more lines.</summary>
    Ended,
    /// <summary>The screen is to be cleared.</summary>
    Cleared,
}
