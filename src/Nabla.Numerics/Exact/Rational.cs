using System.Globalization;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>An exact fraction of two integers of any size, in lowest terms, with a positive denominator.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger denominator;

    /// <summary>The fraction of two integers.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException($"The fraction {numerator}/0 has the denominator 0.");
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) divisor = -divisor;
        Numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    /// <summary>0.</summary>
    public static Rational Zero => default;

    /// <summary>1.</summary>
    public static Rational One => BigInteger.One;

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>Whether the fraction is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>An integer as a fraction.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    /// <summary>An integer as a fraction.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Rational(int value) => new(value, BigInteger.One);

    /// <summary>The exact value of a finite double: every one is an integer times a power of two.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="NotFiniteNumberException">The number is infinite or not a number.</exception>
    public static Rational FromDouble(double value)
    {
        if (!double.IsFinite(value)) throw new NotFiniteNumberException($"A fraction must be finite, but the number is {value}.");
        long bits = BitConverter.DoubleToInt64Bits(value), mantissa = bits & 0xFFFFFFFFFFFFFL;
        int exponent = (int)(bits >> 52) & 0x7FF;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        if (bits < 0) mantissa = -mantissa;
        int shift = exponent - 1075;
        return shift >= 0 ? new Rational(new BigInteger(mantissa) << shift, 1) : new Rational(mantissa, BigInteger.One << -shift);
    }

    /// <summary>The value of a decimal number or a fraction such as <c>-3/4</c>, <c>0.1</c>, <c>2.5e-3</c>, exactly as written.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a number.</exception>
    public static Rational Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return Parse(text[..slash]) / Parse(text[(slash + 1)..]);
        string number = text.Trim();
        int e = number.IndexOfAny(['e', 'E']);
        int exponent = e < 0 ? 0 : int.Parse(number[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Math.Abs((long)exponent) > 10_000) throw new FormatException($"The exponent of {text} must lie between -10000 and 10000.");
        if (e >= 0) number = number[..e];
        int point = number.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= number.Length - point - 1;
            number = number.Remove(point, 1);
        }
        BigInteger digits = BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        BigInteger power = BigInteger.Pow(10, Math.Abs(exponent));
        return exponent >= 0 ? new Rational(digits * power, 1) : new Rational(digits, power);
    }

    /// <summary>The nearest double.</summary>
    /// <param name="value">The fraction.</param>
    public static explicit operator double(Rational value) => value.ToDouble();

    /// <summary>The sum.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static Rational operator +(Rational a, Rational b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <summary>The difference.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static Rational operator -(Rational a, Rational b) => new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <summary>The product.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction other than 0.</param>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The negative.</summary>
    /// <param name="a">A fraction.</param>
    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    /// <summary>Whether two fractions are equal.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>Whether two fractions differ.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>Whether the first is smaller.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    /// <summary>Whether the first is larger.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>Whether the first is not larger.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    /// <summary>Whether the first is not smaller.</summary>
    /// <param name="a">A fraction.</param>
    /// <param name="b">A fraction.</param>
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>The absolute value.</summary>
    /// <param name="a">A fraction.</param>
    public static Rational Abs(Rational a) => a.Sign < 0 ? -a : a;

    /// <summary>The nearest double, rounded once; infinite beyond the range.</summary>
    public double ToDouble()
    {
        BigInteger n = BigInteger.Abs(Numerator), d = Denominator;
        if (n.IsZero) return 0;
        long shift = 66 - (n.GetBitLength() - d.GetBitLength());
        BigInteger quotient = BigInteger.DivRem(shift >= 0 ? n << (int)shift : n, shift >= 0 ? d : d << (int)-shift, out BigInteger rest);
        if (!rest.IsZero) quotient |= BigInteger.One;
        int bits = (int)quotient.GetBitLength();
        long exponent = bits - shift;
        int keep = exponent < -1021 ? (int)Math.Max(-1, 53 - (-1021 - exponent)) : 53;
        if (keep < 0) return Sign < 0 ? -0.0 : 0.0;
        int drop = bits - keep;
        BigInteger head = quotient >> drop, tail = quotient - (head << drop), half = BigInteger.One << (drop - 1);
        if (tail > half || (tail == half && !head.IsEven)) head += BigInteger.One;
        double result = Math.ScaleB((double)head, (int)Math.Min(drop - shift, 5000));
        return Sign < 0 ? -result : result;
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>The fraction as <c>3</c> or <c>-3/4</c>.</summary>
    public override string ToString() => Denominator.IsOne ? Numerator.ToString(CultureInfo.InvariantCulture) : $"{Numerator}/{Denominator}";
}
