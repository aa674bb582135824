using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>Whether a given value has the properties that its variable is declared to have.</summary>
/// <remarks>Entries that must be equal may differ by what rounding to some nine digits explains.</remarks>
internal static class PropertyCheck
{
    private const double Tolerance = 1e-8;

    /// <summary>Demands the properties.</summary>
    /// <exception cref="NablaException">A property is violated (<see cref="ErrorCode.Domain"/>).</exception>
    public static void Demand(Variable variable, Value value, Place? place)
    {
        if (Violation(variable.Properties, value) is { } violation)
            throw new NablaException(ErrorCode.Domain, $"{variable.Name} is declared {violation}.", place);
    }

    /// <summary>What a value violates, and where; null where it has the properties.</summary>
    public static string? Violation(Properties properties, Value A)
    {
        if (properties == Properties.None) return null;
        double tolerance = Tolerance * A.ToMatrix().NormInf();
        if (properties.HasFlag(Properties.Positive) && First(A, (x, _, _) => x > 0) is { } p) return $"positive, but {p}";
        if (properties.HasFlag(Properties.Nonzero) && First(A, (x, _, _) => x != 0) is { } z) return $"nonzero, but {z}";
        if (properties.HasFlag(Properties.Nonnegative) && First(A, (x, _, _) => x >= 0) is { } q) return $"nonnegative, but {q}";
        if (properties.HasFlag(Properties.Diagonal) && First(A, (x, i, j) => i == j || x == 0) is { } d) return $"diagonal, but {d}";
        if (properties.HasFlag(Properties.LowerTriangular) && First(A, (x, i, j) => i >= j || x == 0) is { } l) return $"lower triangular, but {l}";
        if (properties.HasFlag(Properties.UpperTriangular) && First(A, (x, i, j) => i <= j || x == 0) is { } u) return $"upper triangular, but {u}";
        if (properties.HasFlag(Properties.Symmetric) && First(A, (x, i, j) => Math.Abs(x - A.Real[j * A.Columns + i]) <= tolerance) is { } s)
            return $"{(properties.HasFlag(Properties.PositiveDefinite) ? "positive definite, hence symmetric" : "symmetric")}, but {s}, which differs from its mirror entry";
        if (properties.HasFlag(Properties.PositiveDefinite) && !IsPositiveDefinite(A)) return "positive definite, but it has an eigenvalue that is not positive";
        return properties.HasFlag(Properties.Orthogonal) && !IsOrthogonal(A) ? "orthogonal, but its transpose is not its inverse" : null;
    }

    private static string? First(Value A, Func<double, int, int, bool> holds)
    {
        for (int i = 0; i < A.Rows; i++)
        {
            for (int j = 0; j < A.Columns; j++)
            {
                double x = A.Real[i * A.Columns + j];
                if (holds(x, i, j)) continue;
                string place = A.Kind switch { Kind.Scalar => "it", Kind.Matrix => $"entry [{i + 1},{j + 1}]", _ => $"entry [{Math.Max(i, j) + 1}]" };
                return $"{place} is {x}";
            }
        }
        return null;
    }

    private static bool IsPositiveDefinite(Value A)
    {
        try
        {
            _ = new Cholesky<double>(A.ToMatrix());
            return true;
        }
        catch (Exception e) when (e is NotPositiveDefiniteException or NotFiniteNumberException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsOrthogonal(Value Q)
    {
        var gap = NDArray.MatMul(Q.ToMatrix().Transpose(), Q.ToMatrix()) - NDArray<double>.Identity(Q.Columns);
        return gap.NormInf() <= 10 * Tolerance * Q.Rows;
    }
}
