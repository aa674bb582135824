namespace Nabla.Expressions.Evaluation;

/// <summary>Rounds results up or down by one unit in the last place: where that changes a value much, rounding decides it.</summary>
/// <remarks>
/// Source: J. Vignes, A stochastic arithmetic for reliable scientific computation, Mathematics and Computers in Simulation 35 (1993).
/// The direction depends on the value alone, so that what is equal, as the two halves of a symmetric matrix, stays equal. A value with
/// many zeros at its end was not rounded, as every small integer, and stays.
/// </remarks>
internal static class RandomRounding
{
    private const int ZerosOfExact = 10;

    /// <summary>The value, one unit in the last place higher or lower.</summary>
    /// <param name="value">The value.</param>
    /// <param name="round">Another number takes other directions.</param>
    public static double Of(double value, int round)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        if (!double.IsFinite(value) || (bits & ((1UL << ZerosOfExact) - 1)) == 0) return value;
        ulong mixed = (bits ^ (ulong)round * 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        return (mixed >> 63) == 0 ? double.BitIncrement(value) : double.BitDecrement(value);
    }
}
