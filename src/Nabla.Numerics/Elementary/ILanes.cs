namespace Nabla.Numerics;

/// <summary>Doubles that are computed side by side, of the width that the processor has: the arithmetic in which the elementary functions are written, once for all widths.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a);

    /// <summary>The bits that one has or the other.</summary>
    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(double value);

    /// <summary>a b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Abs(TSelf a);

    /// <summary>The smaller one; not a number where the second is not.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger one; not a number where the second is not.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The number a with the sign of b.</summary>
    static abstract TSelf WithSignOf(TSelf a, TSelf b);

    /// <summary>The last bit of the number in the place of the sign, and nothing else.</summary>
    static abstract TSelf LastBitAsSign(TSelf a);

    /// <summary>The integer k and m from the root of 1/2 to that of 2 with a = 2^k m, for positive finite a.</summary>
    static abstract (TSelf K, TSelf M) Split(TSelf a);

    /// <summary>The number a where x &lt; y, else b.</summary>
    static abstract TSelf WhereLess(TSelf x, TSelf y, TSelf a, TSelf b);

    /// <summary>Whether all lanes are from low to high; false where one is not a number.</summary>
    static abstract bool AllBetween(TSelf a, double low, double high);

    /// <summary>The function of each pair of lanes on its own.</summary>
    static abstract TSelf Each(TSelf a, TSelf b, Func<double, double, double> function);

    /// <summary>e^a.</summary>
    static abstract TSelf Exp(TSelf a);

    /// <summary>e^(a + low), where low is small beside a.</summary>
    static abstract TSelf ExpOfSum(TSelf a, TSelf low);
}
