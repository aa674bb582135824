using System.Numerics;
using System.Text;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>A polynomial in lambda with leading coefficient 1, in exact fractions.</summary>
internal sealed class Polynomial
{
    private readonly Rational[] _coefficients;

    /// <param name="coefficients">The coefficients, from the constant up to the leading one, which is 1.</param>
    private Polynomial(Rational[] coefficients) => _coefficients = coefficients;

    /// <summary>The degree.</summary>
    public int Degree => _coefficients.Length - 1;

    /// <summary>The coefficient of a power.</summary>
    public Rational this[int power] => _coefficients[power];

    /// <summary>det(lambda*I - A).</summary>
    /// <remarks>Faddeev and LeVerrier: M_1 = I, c_(n-k) = -tr(A M_k)/k, M_(k+1) = A M_k + c_(n-k) I.</remarks>
    public static Polynomial Characteristic(ExactMatrix A)
    {
        int n = A.Rows;
        var c = new Rational[n + 1];
        c[n] = 1;
        var M = ExactMatrix.Identity(n);
        for (int k = 1; k <= n; k++)
        {
            var product = A * M;
            Rational trace = 0;
            for (int i = 0; i < n; i++) trace += product[i, i];
            c[n - k] = -trace / k;
            M = product + c[n - k] * ExactMatrix.Identity(n);
        }
        return new(c);
    }

    /// <summary>The value.</summary>
    public Rational At(Rational x)
    {
        Rational sum = 0;
        for (int k = Degree; k >= 0; k--) sum = sum * x + _coefficients[k];
        return sum;
    }

    /// <summary>The polynomial divided by lambda minus one of its roots.</summary>
    public Polynomial Without(Rational root)
    {
        var quotient = new Rational[Degree];
        Rational carry = 0;
        for (int k = Degree; k > 0; k--) quotient[k - 1] = carry = _coefficients[k] + carry * root;
        return new(quotient);
    }

    /// <summary>The value in double precision, relative to the size of its terms.</summary>
    /// <param name="z">Where.</param>
    /// <param name="scale">The size of what z was found from, below which it is rounding.</param>
    public double Relative(Complex z, double scale = 0)
    {
        Complex sum = 0;
        double size = 0;
        for (int k = Degree; k >= 0; k--)
        {
            sum = sum * z + _coefficients[k].ToDouble();
            size = size * Math.Max(scale, Complex.Abs(z)) + Math.Abs(_coefficients[k].ToDouble());
        }
        return size == 0 ? 0 : Complex.Abs(sum) / size;
    }

    /// <summary>How far (lambda - root) times a quotient is from this, at some points in double precision.</summary>
    public double Difference(Polynomial quotient, Rational root)
    {
        double largest = 0;
        foreach (double x in (ReadOnlySpan<double>)[-1.5, 0.25, 2.75])
        {
            double size = Math.Max(1, Enumerable.Range(0, Degree + 1).Max(k => Math.Abs(_coefficients[k].ToDouble()) * Math.Pow(Math.Abs(x), k)));
            largest = Math.Max(largest, Math.Abs(Value(x) - (x - root.ToDouble()) * quotient.Value(x)) / (size * (1 + Math.Abs(root.ToDouble()))));
        }
        return largest;
    }

    /// <summary>The value with its terms written out: <c>8 - 6*4 + 11*2 - 6</c>.</summary>
    public string Worked(Rational x) => Written(k => k == 0 ? "" : k == 1 ? Transcript.Factor(x) : $"{Transcript.Factor(x)}^{k}");

    /// <summary>The polynomial in the notation.</summary>
    public override string ToString() => Written(k => k == 0 ? "" : k == 1 ? "lambda" : $"lambda^{k}");

    private double Value(double x)
    {
        double sum = 0;
        for (int k = Degree; k >= 0; k--) sum = sum * x + _coefficients[k].ToDouble();
        return sum;
    }

    private string Written(Func<int, string> power)
    {
        var text = new StringBuilder();
        for (int k = Degree; k >= 0; k--)
        {
            var c = _coefficients[k];
            if (c.IsZero) continue;
            var size = Rational.Abs(c);
            if (text.Length > 0) text.Append(c.Sign < 0 ? " - " : " + ");
            else if (c.Sign < 0) text.Append('-');
            string written = power(k);
            text.Append(k == 0 ? Transcript.Text(size) : size == Rational.One ? written : $"{Transcript.Text(size)}*{written}");
        }
        return text.Length == 0 ? "0" : text.ToString();
    }
}
