namespace Nabla.Numerics.Tests;

/// <summary>Matrices with names beside their definitions, entry by entry, of every small shape.</summary>
public class SpecialMatricesTests
{
    [Fact]
    public void Entries_are_those_of_the_definition()
    {
        var random = new Random(Matrices.Seed);
        for (int m = 0; m < 7; m++)
        {
            Same(SpecialMatrices.Hilbert<double>(m), m, m, (i, j) => 1.0 / (i + j + 1));
            for (int n = 0; n < 7; n++)
            {
                NDArray<double> A = Matrices.Random(random, n, m).Transpose(), column = Matrices.Random(random, m), row = Matrices.Random(random, n);
                Same(SpecialMatrices.Toeplitz(column, row), m, n, (i, j) => i >= j ? column[i - j] : row[j - i]);
                Same(SpecialMatrices.Toeplitz(column), m, m, (i, j) => column[Math.Abs(i - j)]);
                foreach (int diagonal in (int[])[int.MinValue, -8, -2, -1, 0, 1, 3, 8, int.MaxValue])
                {
                    Same(SpecialMatrices.LowerTriangle(A, diagonal), m, n, (i, j) => j - i <= diagonal ? A[i, j] : 0);
                    Same(SpecialMatrices.UpperTriangle(A, diagonal), m, n, (i, j) => j - i >= diagonal ? A[i, j] : 0);
                }
            }
        }
        Assert.Throws<ShapeException>(() => SpecialMatrices.LowerTriangle<double>([1, 2]));
        Assert.Throws<ShapeException>(() => SpecialMatrices.UpperTriangle<double>([1, 2]));
        Assert.Throws<ShapeException>(() => SpecialMatrices.Hilbert<double>(-1));
        Assert.Throws<ShapeException>(() => SpecialMatrices.Hilbert<double>(100_000));
    }

    private static void Same(NDArray<double> found, int m, int n, Func<int, int, double> entry)
    {
        Assert.Equal([m, n], found.Shape.ToArray());
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) Assert.Equal(entry(i, j), found[i, j]);
    }
}
