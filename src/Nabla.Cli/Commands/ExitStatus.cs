namespace Nabla.Cli.Commands;

/// <summary>The exit statuses of the tool.</summary>
internal static class ExitStatus
{
    /// <summary>The question was answered.</summary>
    public const int Done = 0;

    /// <summary>The question has no answer.</summary>
    public const int NoAnswer = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;
}
