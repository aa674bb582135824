namespace Nabla.Expressions.Compilation;

/// <summary>Whose memory a storage is.</summary>
internal enum StorageKind
{
    /// <summary>The caller's, bound before the plan runs.</summary>
    Input,

    /// <summary>Numbers that the plan holds.</summary>
    Constant,

    /// <summary>A result: it lives until the next run.</summary>
    Result,

    /// <summary>An intermediate value: its place is used again when it is spent.</summary>
    Temporary,
}
