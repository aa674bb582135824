using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Random values for the variables of a program, with their properties.</summary>
/// <param name="program">The program.</param>
/// <param name="random">The source of randomness.</param>
/// <param name="least">The smallest size.</param>
internal sealed class PointGenerator(TypedProgram program, Random random, int least = 2)
{
    /// <summary>A point: small sizes, entries spread about zero or positive.</summary>
    public Dictionary<string, NDArray<double>> Next()
    {
        bool positive = random.Next(3) == 0;
        double spread = random.Next(3) == 0 ? 0.4 : 1.2;
        var sizes = Sizes(3);
        // A size that is a difference of others may be none.
        for (int most = 3; program.Variables.Any(v => v.Shape.Axes.Any(a => a.Evaluate(sizes) < 1)); most++) sizes = Sizes(most);
        return program.Variables.ToDictionary(v => v.Name, v => Value(v, sizes, positive, spread));
    }

    private Dictionary<string, long> Sizes(int most) => program.DimensionNames.Order(StringComparer.Ordinal).ToDictionary(n => n, _ => (long)random.Next(least, most + 1));

    /// <summary>A direction of a variable that keeps its structure.</summary>
    public NDArray<double> Direction(Variable variable, NDArray<double> at)
    {
        var H = Filled(at.Shape, () => 2 * random.NextDouble() - 1);
        var p = variable.Properties;
        if (p.HasFlag(Properties.Orthogonal)) return NDArray.MatMul(at, H - H.Transpose());
        if (p.HasFlag(Properties.Diagonal)) return Masked(H, (i, j) => i == j);
        if (p.HasFlag(Properties.LowerTriangular) || p.HasFlag(Properties.UpperTriangular)) return Triangular(H, p);
        return p.HasFlag(Properties.Symmetric) ? H + H.Transpose() : H;
    }

    /// <summary>The value of a variable a step along a direction: an orthogonal matrix stays one.</summary>
    public static NDArray<double> Moved(Variable variable, NDArray<double> X, NDArray<double> H, double step) =>
        variable.Properties.HasFlag(Properties.Orthogonal) ? NDArray.MatMul(X, MatrixFunctions.Exp(NDArray.MatMul(X.Transpose(), H) * NDArray<double>.Scalar(step))) : X + H * NDArray<double>.Scalar(step);

    /// <summary>The values as those of the notation.</summary>
    public Dictionary<string, Value> Given(Dictionary<string, NDArray<double>> point) =>
        program.Variables.ToDictionary(v => v.Name, v => Values.Of(v.Shape.Kind, point[v.Name]));

    private NDArray<double> Value(Variable v, Dictionary<string, long> sizes, bool positive, double spread)
    {
        int[] shape = [.. v.Shape.Axes.Select(a => (int)a.Evaluate(sizes))];
        bool above = positive || v.Properties.HasFlag(Properties.Nonnegative);
        var X = Filled(shape, () => above ? 0.1 + spread * 1.3 * random.NextDouble() : spread * Normal());
        if (shape.Length < 2) return X;
        var p = v.Properties;
        if (p.HasFlag(Properties.Orthogonal)) return new QR<double>(X).Q;
        if (p.HasFlag(Properties.Diagonal)) return Masked(p.HasFlag(Properties.PositiveDefinite) ? X.Map(x => Math.Abs(x) + 0.2) : X, (i, j) => i == j);
        if (p.HasFlag(Properties.PositiveDefinite)) return NDArray.MatMul(X, X.Transpose()) + NDArray<double>.Identity(shape[0]) * NDArray<double>.Scalar(0.4);
        if (p.HasFlag(Properties.Symmetric)) return X + X.Transpose();
        return Triangular(X, p);
    }

    private static NDArray<double> Triangular(NDArray<double> X, Properties p) =>
        p.HasFlag(Properties.LowerTriangular) ? Masked(X, (i, j) => j <= i) : p.HasFlag(Properties.UpperTriangular) ? Masked(X, (i, j) => j >= i) : X;

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static NDArray<double> Filled(ReadOnlySpan<int> shape, Func<double> entry)
    {
        int count = 1;
        foreach (int size in shape) count *= size;
        double[] entries = [.. Enumerable.Range(0, count).Select(_ => entry())];
        return shape.Length == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, shape);
    }

    private static NDArray<double> Masked(NDArray<double> X, Func<int, int, bool> kept)
    {
        int n = X.Shape[1];
        return NDArray<double>.FromArray([.. X.ToArray().Select((x, k) => kept(k / n, k % n) ? x : 0)], X.Shape);
    }
}
