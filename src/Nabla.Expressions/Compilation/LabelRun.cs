namespace Nabla.Expressions.Compilation;

/// <summary>Neighbouring labels that are one axis of a matrix.</summary>
/// <param name="Innermost">The innermost label, whose distance is that of the axis; -1 where there is no label.</param>
/// <param name="Size">The size of the axis.</param>
internal readonly record struct LabelRun(int Innermost, int Size)
{
    /// <summary>The distance along the axis.</summary>
    public long Of(Func<int, long> stride) => Innermost < 0 ? 1 : stride(Innermost);
}
