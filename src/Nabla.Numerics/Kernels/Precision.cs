using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Constants of a floating-point type.</summary>
internal static class Precision<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The distance from 1 to the next larger number: 2^-52 for double.</summary>
    internal static readonly T Epsilon = T.BitIncrement(T.One) - T.One;

    /// <summary>The smallest positive normal number.</summary>
    internal static readonly T SafeMinimum = SmallestNormal();

    /// <summary>A sum of squares above this lost nothing to underflow.</summary>
    internal static readonly T SafeSquare = SafeMinimum / (Epsilon * Epsilon);

    internal static T Number(double value) => T.CreateTruncating(value);

    private static T SmallestNormal()
    {
        T largest = T.BitDecrement(T.PositiveInfinity);
        return T.ScaleB(T.One, 1 - T.ILogB(largest));
    }
}
