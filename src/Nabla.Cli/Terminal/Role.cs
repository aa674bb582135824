namespace Nabla.Cli.Terminal;

/// <summary>What a piece of output is; on a terminal each has its colour.</summary>
internal enum Role
{
    /// <summary>Ordinary text.</summary>
    Plain,
    /// <summary>A name or a heading.</summary>
    Name,
    /// <summary>Mathematics.</summary>
    Formula,
    /// <summary>Shapes, remarks.</summary>
    Faint,
    /// <summary>A proof that succeeded.</summary>
    Good,
    /// <summary>An error.</summary>
    Bad,
}
