using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Scaling by powers of two, which is exact, so that squares neither overflow nor underflow.</summary>
internal static unsafe class Scaling
{
    /// <summary>The exponent e for which entries times 2^e are near 1, or 0 where the entries are safe as they are.</summary>
    internal static int Exponent<T>(ReadOnlySpan<T> entries)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = Reductions.MaxOfAbsolutes(entries);
        if (max == T.Zero || !T.IsFinite(max)) return 0;
        int exponent = T.ILogB(max), limit = T.ILogB(T.BitDecrement(T.PositiveInfinity)) / 16;
        return Math.Abs(exponent) <= limit ? 0 : -exponent;
    }

    internal static void Apply<T>(Span<T> entries, int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (exponent == 0) return;
        for (int k = 0; k < entries.Length; k++) entries[k] = T.ScaleB(entries[k], exponent);
    }
}
