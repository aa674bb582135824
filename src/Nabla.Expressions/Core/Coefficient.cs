using System.Globalization;
using System.Numerics;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A number: an exact rational where its source is exact, else a double.</summary>
/// <remarks>Exact arithmetic that would need more than <see cref="MaxBits"/> bits continues in double.</remarks>
public readonly struct Coefficient : IEquatable<Coefficient>, IComparable<Coefficient>
{
    /// <summary>The most bits that an exact numerator or denominator may have.</summary>
    public const int MaxBits = 2048;

    private readonly BigInteger _numerator;
    private readonly BigInteger _denominatorLessOne;
    private readonly double _double;
    private readonly bool _inexact;

    private Coefficient(BigInteger numerator, BigInteger denominator) => (_numerator, _denominatorLessOne) = (numerator, denominator - 1);

    private Coefficient(double value)
    {
        if (!double.IsFinite(value)) throw new NablaException(ErrorCode.Limit, "A number of the program divides by zero or is beyond the range of a double.");
        (_double, _inexact) = (value, true);
    }

    /// <summary>Zero.</summary>
    public static Coefficient Zero => default;

    /// <summary>One.</summary>
    public static Coefficient One { get; } = 1;

    /// <summary>Whether the number is an exact rational.</summary>
    public bool IsExact => !_inexact;

    /// <summary>The numerator of an exact number in lowest terms.</summary>
    public BigInteger Numerator => _numerator;

    /// <summary>The denominator of an exact number in lowest terms, positive.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>Whether the number is zero.</summary>
    public bool IsZero => _inexact ? _double == 0 : _numerator.IsZero;

    /// <summary>Whether the number is one.</summary>
    public bool IsOne => _inexact ? _double == 1 : _numerator.IsOne && _denominatorLessOne.IsZero;

    /// <summary>Whether the number is an exact integer.</summary>
    public bool IsInteger => !_inexact && _denominatorLessOne.IsZero;

    /// <summary>The sign: -1, 0 or 1.</summary>
    public int Sign => _inexact ? (double.IsNaN(_double) ? 0 : Math.Sign(_double)) : _numerator.Sign;

    /// <summary>The exact quotient of two integers.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static Coefficient Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        if (!denominator.IsOne)
        {
            var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
            if (!common.IsOne) (numerator, denominator) = (numerator / common, denominator / common);
        }
        if (numerator.GetBitLength() <= MaxBits && denominator.GetBitLength() <= MaxBits) return new(numerator, denominator);
        return new(Quotient(numerator, denominator));
    }

    /// <summary>An inexact number.</summary>
    public static Coefficient Inexact(double value) => new(value);

    /// <summary>An exact integer.</summary>
    public static implicit operator Coefficient(int value) => new(value, BigInteger.One);

    /// <summary>The nearest double.</summary>
    public double ToDouble() => _inexact ? _double : _denominatorLessOne.IsZero ? Nearest(_numerator) : Quotient(_numerator, Denominator);

    // Rounded once, whatever the sizes: 66 significant bits of the quotient, the last one set where digits follow.
    private static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.GetBitLength() <= 53 && denominator.GetBitLength() <= 53) return (double)numerator / (double)denominator;
        int shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + 66;
        var scaled = BigInteger.DivRem(shift >= 0 ? BigInteger.Abs(numerator) << shift : BigInteger.Abs(numerator), shift >= 0 ? denominator : denominator << -shift, out var rest);
        double value = Math.ScaleB(Nearest(rest.IsZero ? scaled : scaled | BigInteger.One), -shift);
        return numerator.Sign < 0 ? -value : value;
    }

    // The conversion of the base library cuts off digits; this one rounds to the nearest double.
    private static double Nearest(BigInteger integer)
    {
        long bits = integer.GetBitLength();
        if (bits <= 53) return (double)integer;
        if (bits > 1025) return integer.Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var size = BigInteger.Abs(integer);
        int shift = Math.Max(0, (int)bits - 62);
        ulong top = (ulong)(size >> shift);
        if (shift > 0 && !(size & ((BigInteger.One << shift) - 1)).IsZero) top |= 1;
        double value = Math.ScaleB((double)top, shift);
        return integer.Sign < 0 ? -value : value;
    }

    /// <summary>The sum.</summary>
    public static Coefficient operator +(Coefficient a, Coefficient b)
    {
        if (a._inexact || b._inexact) return new(a.ToDouble() + b.ToDouble());
        return a._denominatorLessOne.IsZero && b._denominatorLessOne.IsZero
            ? Rational(a._numerator + b._numerator, BigInteger.One)
            : Rational(a._numerator * b.Denominator + b._numerator * a.Denominator, a.Denominator * b.Denominator);
    }

    /// <summary>The difference.</summary>
    public static Coefficient operator -(Coefficient a, Coefficient b) => a + -b;

    /// <summary>The negative.</summary>
    public static Coefficient operator -(Coefficient a) => a._inexact ? new(-a._double) : new(-a._numerator, a.Denominator);

    /// <summary>The product.</summary>
    public static Coefficient operator *(Coefficient a, Coefficient b)
    {
        if (a._inexact || b._inexact) return a is { _inexact: false, IsZero: true } || b is { _inexact: false, IsZero: true } ? Zero : new(a.ToDouble() * b.ToDouble());
        return Rational(a._numerator * b._numerator, a.Denominator * b.Denominator);
    }

    /// <summary>The quotient.</summary>
    /// <exception cref="DivideByZeroException">An exact divisor is zero.</exception>
    public static Coefficient operator /(Coefficient a, Coefficient b) =>
        a._inexact || b._inexact ? new(a.ToDouble() / b.ToDouble()) : Rational(a._numerator * b.Denominator, a.Denominator * b._numerator);

    /// <summary>The power with a rational exponent: exact where it is rational, else a double.</summary>
    public Coefficient Power(Coefficient exponent)
    {
        if (IsOne) return One;
        if (!_inexact && exponent.IsInteger && BigInteger.Abs(exponent._numerator) <= MaxBits && !(IsZero && exponent.Sign < 0))
        {
            int n = (int)exponent._numerator;
            long bits = Math.Max(_numerator.GetBitLength(), Denominator.GetBitLength()) * Math.Abs((long)n);
            if (bits <= MaxBits)
            {
                var (p, q) = (BigInteger.Pow(_numerator, Math.Abs(n)), BigInteger.Pow(Denominator, Math.Abs(n)));
                return n >= 0 ? Rational(p, q) : Rational(q, p);
            }
        }
        if (!_inexact && exponent.IsExact && exponent.Denominator == 2 && Sign > 0 && Root(_numerator) is { } top && Root(Denominator) is { } bottom)
            return Rational(top, bottom).Power(Rational(exponent._numerator, 1));
        return new(Math.Pow(ToDouble(), exponent.ToDouble()));
    }

    private static BigInteger? Root(BigInteger square)
    {
        if (square.GetBitLength() > 100) return null;
        var root = new BigInteger(Math.Round(Math.Sqrt((double)square)));
        return root * root == square ? root : null;
    }

    /// <inheritdoc/>
    public int CompareTo(Coefficient other) =>
        _inexact || other._inexact ? ToDouble().CompareTo(other.ToDouble()) : (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Coefficient other) =>
        _inexact == other._inexact && (_inexact ? _double.Equals(other._double) : _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Coefficient other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _inexact ? _double.GetHashCode() : HashCode.Combine(_numerator, _denominatorLessOne);

    /// <summary>Whether the two are the same number, equally exact.</summary>
    public static bool operator ==(Coefficient left, Coefficient right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(Coefficient left, Coefficient right) => !left.Equals(right);

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(Coefficient left, Coefficient right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is greater.</summary>
    public static bool operator >(Coefficient left, Coefficient right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(Coefficient left, Coefficient right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(Coefficient left, Coefficient right) => left.CompareTo(right) >= 0;

    /// <summary>The number as <c>3</c>, <c>1/2</c> or a double that reads back the same.</summary>
    public override string ToString() => _inexact
        ? _double.ToString("R", CultureInfo.InvariantCulture)
        : _denominatorLessOne.IsZero ? _numerator.ToString(CultureInfo.InvariantCulture) : $"{_numerator}/{Denominator}";
}
