using System.Globalization;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Takes down the steps of a computation in exact fractions; each comes with its error against the same step in double precision.</summary>
/// <param name="work">The budget.</param>
internal sealed class Transcript(Work work)
{
    private const double Tolerance = 1e-8;
    private const int MostDigits = 400;
    private readonly List<List<DerivationStep>> _open = [[]];

    /// <summary>The budget.</summary>
    public Work Work => work;

    /// <summary>The steps that stand by themselves.</summary>
    public IReadOnlyList<DerivationStep> Steps => _open[0];

    /// <summary>The largest error of the steps at hand: what a step that only sums them up is good for.</summary>
    public double Largest => _open[^1].Count == 0 ? 0 : _open[^1].Max(s => s.MaxRelativeError ?? 0);

    /// <summary>Adds a step whose result is a matrix of fractions.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="before">What is computed, in the notation.</param>
    /// <param name="after">The result.</param>
    /// <param name="reason">Why.</param>
    /// <param name="repeated">The same in double precision.</param>
    /// <param name="divider">How many columns stand left of the line of an augmented matrix; 0 for none.</param>
    public void Add(string rule, string before, ExactMatrix after, string reason, NDArray<double> repeated, int divider = 0) =>
        Add(rule, before, Text(after), after.Rows, after.Columns, reason, Error(after, repeated), divider);

    /// <summary>Adds a step whose result is a text of the notation.</summary>
    public void Add(string rule, string before, string after, int rows, int columns, string reason, double error, int divider = 0)
    {
        work.CheckNow();
        _open[^1].Add(new(rule, before, after, ShapeOf(rows, columns), reason, Demand(rule, error), []) { Divider = divider });
    }

    /// <summary>Adds the value of a name.</summary>
    public void Add(string rule, string before, string after, int rows, int columns, string reason, double error, string of, int divider = 0)
    {
        work.CheckNow();
        _open[^1].Add(new(rule, before, after, ShapeOf(rows, columns), reason, Demand(rule, error), []) { Of = of, Divider = divider });
    }

    /// <summary>Begins a step that is made of those that follow.</summary>
    public void Open() => _open.Add([]);

    /// <summary>Ends a step that is made of those since <see cref="Open"/>.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="of">What is worked out, or what gets a name; null for a part of that.</param>
    /// <param name="before">What it is applied to.</param>
    /// <param name="after">The result.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="error">The error of the whole.</param>
    /// <param name="divider">As for a single step.</param>
    public void Close(string rule, string? of, string before, string after, string reason, int rows, int columns, double error, int divider = 0)
    {
        var within = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _open[^1].Add(new(rule, before, after, ShapeOf(rows, columns), reason, Demand(rule, error), within) { Of = of, Divider = divider });
    }

    /// <summary>A matrix of fractions as a literal of the notation; a number without brackets.</summary>
    /// <exception cref="NablaException">A fraction has too many digits to be read (<see cref="ErrorCode.Limit"/>).</exception>
    public static string Text(ExactMatrix A) => A is { Rows: 1, Columns: 1 }
        ? Text(A[0, 0])
        : $"[{string.Join("; ", Enumerable.Range(0, A.Rows).Select(i => string.Join(", ", Enumerable.Range(0, A.Columns).Select(j => Text(A[i, j])))))}]";

    /// <summary>A fraction.</summary>
    public static string Text(Rational x) => x.ToString() is { Length: <= MostDigits } text
        ? text
        : throw new NablaException(ErrorCode.Limit, $"Steps are shown for fractions of at most {MostDigits} digits, but one would have {x.ToString().Length}.");

    /// <summary>A fraction as a factor of a product: negative numbers and quotients in brackets.</summary>
    public static string Factor(Rational x) => x.Sign < 0 || !x.Denominator.IsOne ? $"({Text(x)})" : Text(x);

    /// <summary>A value with six significant digits, as a literal of the notation; i is the imaginary unit.</summary>
    public static string Text(Value value) => value.IsScalar ? Entry(value, 0)
        : value.Count == 0 ? $"no columns ({value.Rows} x 0)"
        : $"[{string.Join("; ", Enumerable.Range(0, value.Rows).Select(i => string.Join(", ", Enumerable.Range(0, value.Columns).Select(j => Entry(value, i * value.Columns + j)))))}]";

    /// <summary>A number with six significant digits.</summary>
    public static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);

    private static string Entry(Value value, int k)
    {
        var z = value[k];
        if (z.Imaginary == 0) return Text(z.Real);
        string size = Math.Abs(z.Imaginary) == 1 ? "i" : $"{Text(Math.Abs(z.Imaginary))}*i";
        return z.Real == 0 ? z.Imaginary < 0 ? $"-{size}" : size : $"{Text(z.Real)} {(z.Imaginary < 0 ? "-" : "+")} {size}";
    }

    /// <summary>A list as a sentence has it.</summary>
    public static string Listed(IReadOnlyList<string> items) => items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>The largest difference, relative to the largest entry.</summary>
    /// <param name="exact">The fractions.</param>
    /// <param name="repeated">The same in double precision.</param>
    /// <param name="scale">The size of what was added up, which may cancel.</param>
    /// <exception cref="NablaException">An entry lies beyond the range of a double (<see cref="ErrorCode.Limit"/>).</exception>
    public static double Error(ExactMatrix exact, NDArray<double> repeated, double scale = 1)
    {
        if (exact.Rows != repeated.Rows || exact.Columns != repeated.Columns) return double.PositiveInfinity;
        double top = Math.Max(scale, double.Epsilon), error = 0;
        for (int i = 0; i < exact.Rows; i++)
            for (int j = 0; j < exact.Columns; j++)
            {
                double x = exact[i, j].ToDouble(), y = repeated[i, j];
                if (!double.IsFinite(x) || !double.IsFinite(y)) throw new NablaException(ErrorCode.Limit, "The steps cannot be repeated in double precision: a number is beyond its range.");
                top = Math.Max(top, Math.Abs(y));
                error = Math.Max(error, Math.Abs(x - y));
            }
        return error / top;
    }

    /// <summary>The largest absolute entry, or one.</summary>
    public static double Size(ExactMatrix A)
    {
        double top = 1;
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++) top = Math.Max(top, Math.Abs(A[i, j].ToDouble()));
        return top;
    }

    /// <summary>The error of a product that ought to be a given matrix.</summary>
    public static double ProductError(ExactMatrix A, ExactMatrix B, ExactMatrix product) =>
        A.Columns == 0 || product.Columns == 0 ? 0 : Error(product, NDArray.MatMul(A.ToNDArray(), B.ToNDArray()), Size(A) * Size(B));

    /// <summary>A number as a 1 x 1 matrix.</summary>
    public static ExactMatrix Number(Rational x) => ExactMatrix.Tabulate(1, 1, (_, _) => x);

    private static Dimension[] ShapeOf(int rows, int columns) => (rows, columns) is (1, 1) ? [] : [Dimension.Of(rows), Dimension.Of(columns)];

    private static double Demand(string rule, double error) => error <= Tolerance
        ? error
        : throw new NablaException(ErrorCode.Internal, $"The step '{rule}' is not right: its relative error is {error:g3}.");
}
