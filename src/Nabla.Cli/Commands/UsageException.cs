namespace Nabla.Cli.Commands;

/// <summary>The command line is used wrongly; the tool ends with status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
