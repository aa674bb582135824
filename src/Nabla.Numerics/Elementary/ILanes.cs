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

    /// <summary>The bits that both have.</summary>
    static abstract TSelf operator &(TSelf a, TSelf b);

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

    /// <summary>The nearest integer, for numbers up to 2^51; the even one of two.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>a 2^n for integers n from -2044 to 2046, rounded once where the result is subnormal.</summary>
    static abstract TSelf Scale(TSelf a, TSelf n);

    /// <summary>The integer k and m from the root of 1/2 to that of 2 with a = 2^k m, for positive finite a.</summary>
    static abstract (TSelf K, TSelf M) Split(TSelf a);

    /// <summary>The number a where x &lt; y, else b.</summary>
    static abstract TSelf WhereLess(TSelf x, TSelf y, TSelf a, TSelf b);

    /// <summary>The number a where the integer n (up to 2^51) is odd, else b.</summary>
    static abstract TSelf WhereOdd(TSelf n, TSelf a, TSelf b);

    /// <summary>Whether all lanes are from low to high; false where one is not a number.</summary>
    static abstract bool AllBetween(TSelf a, double low, double high);

    /// <summary>The function of each lane on its own.</summary>
    static abstract TSelf Each(TSelf a, Func<double, double> function);

    /// <summary>The function of each pair of lanes on its own.</summary>
    static abstract TSelf Each(TSelf a, TSelf b, Func<double, double, double> function);
}
