using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>Random and structured matrices, and the size of a residual in units of the last place.</summary>
internal static class Matrices
{
    internal const int Seed = 20261122;

    internal static NDArray<double> Random(Random random, params int[] shape)
    {
        NDArray<double> A = NDArray<double>.Zeros(shape);
        foreach (ref double entry in A.AsSpan()) entry = 2 * random.NextDouble() - 1;
        return A;
    }

    internal static NDArray<double> Symmetric(Random random, int n)
    {
        NDArray<double> A = Random(random, n, n);
        return A + A.Transpose();
    }

    /// <summary>A matrix with the given singular values and random singular vectors.</summary>
    internal static NDArray<double> WithSingularValues(Random random, int m, int n, Func<int, double> value)
    {
        NDArray<double> U = new QR<double>(Random(random, m, Math.Min(m, n))).Q, V = new QR<double>(Random(random, n, Math.Min(m, n))).Q;
        for (int j = 0; j < Math.Min(m, n); j++)
            for (int i = 0; i < m; i++) U[i, j] *= value(j);
        return NDArray.MatMul(U, V.Transpose());
    }

    internal static IEnumerable<(string Name, NDArray<double> A)> Square()
    {
        var random = new Random(Seed);
        foreach (int n in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 48, 64, 65, 97 })
        {
            yield return ($"random {n}", Random(random, n, n));
            yield return ($"symmetric {n}", Symmetric(random, n));
            yield return ($"graded {n}", Grade(Random(random, n, n), 1.5));
            yield return ($"graded upwards {n}", Grade(Random(random, n, n), -1.5));
            yield return ($"huge {n}", Random(random, n, n) * 1e150);
            yield return ($"tiny {n}", Random(random, n, n) * 1e-150);
            yield return ($"wild {n}", Random(random, n, n).Map(x => x * Math.Pow(10, random.Next(-150, 151))));
            yield return ($"integer {n}", Random(random, n, n).Map(x => Math.Round(2 * x)));
            yield return ($"zero {n}", NDArray<double>.Zeros(n, n));
            yield return ($"identity {n}", NDArray<double>.Identity(n));
            yield return ($"ones {n}", NDArray<double>.Full(1, n, n));
            if (n < 2) continue;
            yield return ($"rank deficient {n}", NDArray.MatMul(Random(random, n, n / 2), Random(random, n / 2, n)));
            yield return ($"clustered {n}", WithSingularValues(random, n, n, k => k == 0 ? 1 : 1e-8 * (1 + 1e-12 * k)));
            yield return ($"falling {n}", WithSingularValues(random, n, n, k => Math.Pow(10, -k)));
            yield return ($"triangular {n}", Triangle(Random(random, n, n)));
            yield return ($"Jordan {n}", Jordan(n));
            yield return ($"companion {n}", Companion(random, n));
            yield return ($"permutation {n}", Cycle(n));
            yield return ($"Hilbert {n}", NDArray<double>.Zeros(n, n).Tabulate((i, j) => 1.0 / (i + j + 1)));
            yield return ($"Grcar {n}", NDArray<double>.Zeros(n, n).Tabulate((i, j) => j == i - 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0));
            yield return ($"Kahan {n}", NDArray<double>.Zeros(n, n).Tabulate((i, j) => Math.Pow(0.9, i) * (i == j ? 1 : i < j ? -0.43 : 0)));
            yield return ($"skew {n}", Skew(Random(random, n, n)));
        }
    }

    internal static IEnumerable<(string Name, NDArray<double> A)> Rectangular()
    {
        var random = new Random(Seed + 1);
        int[] sizes = [0, 1, 2, 5, 31, 33, 70];
        foreach (int m in sizes)
        {
            foreach (int n in sizes)
            {
                yield return ($"random {m} x {n}", Random(random, m, n));
                yield return ($"huge {m} x {n}", Random(random, m, n) * 1e150);
                yield return ($"tiny {m} x {n}", Random(random, m, n) * 1e-150);
                if (Math.Min(m, n) < 2) continue;
                yield return ($"rank one {m} x {n}", NDArray.Outer(Random(random, m), Random(random, n)));
                yield return ($"falling {m} x {n}", WithSingularValues(random, m, n, k => Math.Pow(10, -k)));
            }
        }
    }

    internal static NDArray<double> Tabulate(this NDArray<double> A, Func<int, int, double> entry)
    {
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++) A[i, j] = entry(i, j);
        return A;
    }

    /// <summary>The largest entry of a residual over (norm times size times epsilon).</summary>
    internal static double Units(NDArray<double> residual, NDArray<double> reference)
    {
        if (residual.Count == 0) return 0;
        double norm = reference.Count == 0 ? 0 : reference.Norm2(), size = Math.Max(reference.Count == 0 ? 1 : reference.Shape[0], 1);
        double worst = residual.Norm2();
        return worst == 0 ? 0 : worst / (norm * size * Math.ScaleB(1, -52));
    }

    internal static double Orthogonality(NDArray<double> Q)
    {
        if (Q.Count == 0) return 0;
        NDArray<double> I = NDArray<double>.Identity(Q.Columns);
        return (NDArray.MatMul(Q.Transpose(), Q) - I).NormInf() / (Math.Max(Q.Rows, 1) * Math.ScaleB(1, -52));
    }

    private static NDArray<double> Grade(NDArray<double> A, double step) => A.Tabulate((i, j) => A[i, j] * Math.Pow(10, -step * Math.Min(i + j, 60)));

    private static NDArray<double> Triangle(NDArray<double> A) => A.Tabulate((i, j) => i > j ? 0 : A[i, j]);

    private static NDArray<double> Skew(NDArray<double> A) => A - A.Transpose();

    private static NDArray<double> Jordan(int n) => NDArray<double>.Zeros(n, n).Tabulate((i, j) => i == j ? 2 : j == i + 1 ? 1 : 0);

    private static NDArray<double> Cycle(int n) => NDArray<double>.Zeros(n, n).Tabulate((i, j) => j == (i + 1) % n ? 1 : 0);

    private static NDArray<double> Companion(Random random, int n) =>
        NDArray<double>.Zeros(n, n).Tabulate((i, j) => i == 0 ? 4 * random.NextDouble() - 2 : j == i - 1 ? 1 : 0);
}
