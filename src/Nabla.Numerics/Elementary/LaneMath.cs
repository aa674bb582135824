using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The elementary functions over lanes of any width, with errors below 2 units in the last place over the whole range.</summary>
/// <remarks>
/// What rests on e^x and log x calls those of the width: <see cref="PolynomialMath"/> or <see cref="TableMath"/>. Polynomials are minimax approximations computed for this library with the exchange algorithm of Remez (1934).
/// Zeros keep their sign, infinities have their limits, and what is not a number stays so.
/// </remarks>
internal static partial class LaneMath
{
    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Pair<V>(V x, double a, double b)
        where V : struct, ILanes<V> => V.MultiplyAdd(x, V.Of(b), V.Of(a));
}
