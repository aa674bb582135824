using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>The directions in which a structured matrix may change.</summary>
internal static class FreeEntries
{
    /// <summary>An orthonormal basis of the changes, one a row, as entries row by row; null where all entries are free.</summary>
    /// <exception cref="NablaException">The changes are not a linear space (<see cref="ErrorCode.Unsupported"/>).</exception>
    public static NDArray<double>? Basis(Variable variable, NDArray<double> at)
    {
        var p = variable.Properties;
        if (p.HasFlag(Properties.Orthogonal)) throw new NablaException(ErrorCode.Unsupported, $"{variable.Name} is orthogonal: a second derivative along its entries leaves the orthogonal matrices, so that it does not classify a point.");
        bool isDiagonal = p.HasFlag(Properties.Diagonal), isSymmetric = p.HasFlag(Properties.Symmetric);
        bool isLower = p.HasFlag(Properties.LowerTriangular), isUpper = p.HasFlag(Properties.UpperTriangular);
        if (at.Order != 2 || !(isDiagonal || isSymmetric || isLower || isUpper)) return null;
        int n = at.Shape[0];
        var rows = new List<double[]>();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                if (i != j && (isDiagonal || (isSymmetric && j < i) || (isLower && j > i) || (isUpper && j < i))) continue;
                double[] row = new double[n * n];
                if (i != j && isSymmetric) row[i * n + j] = row[j * n + i] = Math.Sqrt(0.5);
                else row[i * n + j] = 1;
                rows.Add(row);
            }
        return NDArray<double>.FromSpan([.. rows.SelectMany(r => r)], rows.Count, n * n);
    }
}
