namespace Nabla.Expressions.Evaluation;

/// <summary>Rounds results to every fourth double only: where that changes a value much, rounding decides it.</summary>
/// <remarks>
/// After J. Vignes, A stochastic arithmetic for reliable scientific computation, Mathematics and Computers in Simulation 35 (1993), who rounds at random.
/// Here what is equal, as the two halves of a symmetric matrix, stays equal, what is larger does not become smaller, and what was rounded so stays: the
/// largest of entries is still one of them. A value with many zeros at its end was not rounded, as every small integer, and stays.
/// </remarks>
internal static class OtherRounding
{
    private const int ZerosOfExact = 10;

    // So far below 1 that its square is rounded to another double.
    private const double BelowOne = 1 - 4.0 / (1L << 53);

    /// <summary>In how many other ways a value can be rounded.</summary>
    public const int Ways = 3;

    /// <summary>The nearest of those doubles, at most two units in the last place away.</summary>
    /// <param name="value">The value.</param>
    /// <param name="way">Which doubles: those whose last two bits are this number, from 1 to <see cref="Ways"/>.</param>
    public static double Of(double value, int way)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        if (!double.IsFinite(value) || (bits & ((1UL << ZerosOfExact) - 1)) == 0) return value;
        ulong ahead = ((ulong)way - bits) & 3;
        double rounded = BitConverter.UInt64BitsToDouble(ahead == 3 ? bits - 1 : bits + ahead);
        return double.IsFinite(rounded) ? rounded : value;
    }

    /// <summary>The same for a value of a function that comes near 1 or -1 but has it nowhere: 1 is a rounded value there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="way">Which doubles.</param>
    public static double OfSaturated(double value, int way) => Math.Abs(value) == 1 ? Of(value * BelowOne, way) : Of(value, way);
}
