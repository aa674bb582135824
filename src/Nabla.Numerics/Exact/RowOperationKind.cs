namespace Nabla.Numerics;

/// <summary>The three elementary row operations.</summary>
public enum RowOperationKind
{
    /// <summary>Two rows change places.</summary>
    Exchange,

    /// <summary>A row is multiplied by a factor other than 0.</summary>
    Scale,

    /// <summary>A multiple of another row is added to a row.</summary>
    Add,
}
