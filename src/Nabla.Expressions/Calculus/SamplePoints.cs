using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Calculus;

/// <summary>Random values for the variables of a program, with their properties and several sizes.</summary>
/// <param name="program">The program.</param>
/// <param name="leastSizes">The sizes that fixed indices demand, by dimension.</param>
/// <param name="seed">The seed: the same question gets the same points.</param>
internal sealed class SamplePoints(TypedProgram program, IReadOnlyDictionary<string, long> leastSizes, int seed)
{
    // Rounds in which the sizes change in turn; then they are drawn, since some matrices are regular only where one size is the smaller.
    private const int InTurn = 6;

    private readonly Random _random = new(seed);
    private readonly Random _sizes = new(seed + 1);

    /// <summary>How many ways of choosing values there are: the later ones stay in narrower domains. Beyond them every variable has a centre and a spread of its own.</summary>
    public const int Ways = 6;

    /// <summary>Sizes of all named dimensions, small and at first different from each other.</summary>
    public Dictionary<string, long> Sizes(int round)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        int k = round;
        foreach (string name in program.Variables.SelectMany(v => v.Shape.Axes).Concat(leastSizes.Keys.Select(Dimension.Named)).SelectMany(d => d.Names).Distinct().Order(StringComparer.Ordinal))
            sizes[name] = Math.Max(2 + (round < InTurn ? k++ % 3 : _sizes.Next(3)), leastSizes.GetValueOrDefault(name));
        return sizes;
    }

    /// <summary>A value for a variable.</summary>
    public NDArray<double> Value(Variable variable, IReadOnlyDictionary<string, long> sizes, int way)
    {
        int[] shape = [.. variable.Shape.Axes.Select(a => checked((int)a.Evaluate(sizes)))];
        if (Array.Exists(shape, size => size < 1)) throw new NablaException(ErrorCode.Shape, $"{variable.Name} has no entries at these sizes.");
        long count = shape.Aggregate(1L, (a, b) => a * b);
        double[] entries = new double[count];
        var p = variable.Properties;
        var (centre, spread) = way < Ways ? (0, 1) : (Centre(), Math.Pow(10, 2.5 * _random.NextDouble() - 2));
        double Entry() => way < Ways ? Draw(way) : centre + spread * Normal();
        for (int i = 0; i < entries.Length; i++)
            entries[i] = !p.HasFlag(Properties.Nonnegative) ? Entry() : way < 2 ? 0.3 + 1.5 * _random.NextDouble() : Math.Abs(Entry());
        if (shape.Length == 2) SetZeros(entries, shape[1], p);
        if (shape.Length == 2 && shape[0] == shape[1]) Shape(entries, shape[0], p, way, spread);
        return shape.Length == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, shape);
    }

    /// <summary>A direction in which a variable may change from a value: of the same structure; for an orthogonal matrix a tangent.</summary>
    public NDArray<double> Direction(Variable variable, NDArray<double> x)
    {
        double[] entries = new double[x.Count];
        for (int i = 0; i < entries.Length; i++) entries[i] = 2 * _random.NextDouble() - 1;
        if (x.Order == 0) return NDArray<double>.Scalar(entries[0]);
        var direction = NDArray<double>.FromArray(entries, x.Shape);
        var p = variable.Properties;
        if (x.Order == 2) SetZeros(entries, x.Shape[1], p);
        if (x.Order != 2 || x.Shape[0] != x.Shape[1]) return direction;
        if (p.HasFlag(Properties.Orthogonal)) return NDArray.MatMul(x, direction - direction.Transpose());
        int n = x.Shape[0];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (p.HasFlag(Properties.Symmetric) && j < i) entries[i * n + j] = entries[j * n + i];
        return direction;
    }

    /// <summary>The value at a step along a direction: a straight line, or a curve within the orthogonal matrices.</summary>
    public static NDArray<double> Moved(Variable variable, NDArray<double> x, NDArray<double> direction, double step)
    {
        if (!variable.Properties.HasFlag(Properties.Orthogonal)) return x + direction * step;
        // Cayley: X (I - hW/2)^-1 (I + hW/2) with W = X'H skew leaves X in the direction H.
        var W = NDArray.MatMul(x.Transpose(), direction) * (step / 2);
        var I = NDArray<double>.Identity(x.Shape[0]);
        return NDArray.MatMul(x, new LU<double>(I - W).Solve(I + W));
    }

    private static void SetZeros(double[] entries, int columns, Properties p)
    {
        for (int k = 0; k < entries.Length; k++) if (IsZero(p, k / columns, k % columns)) entries[k] = 0;
    }

    private static bool IsZero(Properties p, int i, int j) => i != j
        && (p.HasFlag(Properties.Diagonal) || (j > i ? p.HasFlag(Properties.LowerTriangular) : p.HasFlag(Properties.UpperTriangular)));

    // Normal; positive; between 0 and 1; diagonally dominant with positive diagonal; small and positive; between -1 and 0.
    private double Draw(int way) => way switch
    {
        0 => Normal(),
        1 => 0.4 + 1.4 * _random.NextDouble(),
        2 => 0.1 + 0.8 * _random.NextDouble(),
        3 => 0.3 * Normal(),
        4 => 0.02 + 0.2 * _random.NextDouble(),
        _ => -0.1 - 0.8 * _random.NextDouble(),
    };

    // Anywhere near zero, or at a distance of any order of magnitude: sums of entries may have to be small too.
    private double Centre() => _random.Next(2) == 0 ? 8 * _random.NextDouble() - 4 : Math.CopySign(Math.Pow(10, 3 * _random.NextDouble() - 2.5), _random.NextDouble() - 0.5);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static void Shape(double[] a, int n, Properties p, int way, double spread)
    {
        if (p.HasFlag(Properties.Orthogonal))
        {
            new QR<double>(NDArray<double>.FromArray([.. a], n, n)).Q.ToArray().CopyTo(a, 0);
            return;
        }
        if (p.HasFlag(Properties.PositiveDefinite) && !p.HasFlag(Properties.Diagonal))
        {
            double[] root = [.. a];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                {
                    double sum = i == j ? 0.7 * spread : 0;
                    for (int k = 0; k < n; k++) sum += root[i * n + k] * root[j * n + k] / (p.HasFlag(Properties.Nonnegative) ? 1 : n);
                    a[i * n + j] = sum;
                }
            return;
        }
        if (p.HasFlag(Properties.Symmetric))
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
        if (p.HasFlag(Properties.PositiveDefinite)) for (int i = 0; i < n; i++) a[i * n + i] = Math.Abs(a[i * n + i]) + (way < Ways ? 0.5 : 0.05 * spread);
        if (way == 3 && !p.HasFlag(Properties.PositiveDefinite)) for (int i = 0; i < n; i++) a[i * n + i] += 1.5;
    }
}
