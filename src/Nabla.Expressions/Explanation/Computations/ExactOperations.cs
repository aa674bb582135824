using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>The operations of the notation that lead from fractions to fractions.</summary>
internal static class ExactOperations
{
    private const int MostPower = 64;

    // What is a whole number, or an entry of its argument, in double precision too.
    private static readonly HashSet<string> s_unrounded = ["eye", "ones", "zeros", "vector", "matrix", "rows", "cols", "max", "min", "abs", "sign", "relu", "rank"];

    /// <summary>Whether the value of a function in double precision is its exact value where its arguments are doubles.</summary>
    public static bool IsUnrounded(string function) => s_unrounded.Contains(function);

    /// <summary>A sum; null where an operand is none of fractions.</summary>
    public static ExactMatrix? Sum(SumSyntax sum, IReadOnlyList<Known> terms)
    {
        ExactMatrix? total = null;
        for (int k = 0; k < terms.Count; k++)
        {
            if (terms[k].Exact is not { } term) return null;
            if (sum.Terms[k].Negative) term = -1 * term;
            total = total is null ? term : Broadcast(total, term, (a, b) => a + b);
        }
        return total;
    }

    /// <summary>A link of a product; null where the result is none of fractions.</summary>
    public static ExactMatrix? Product(Infix infix, Known left, Known right)
    {
        if (left.Exact is not { } A || right.Exact is not { } B) return null;
        return infix switch
        {
            Infix.Multiply when left.Kind == Kind.Scalar => A[0, 0] * B,
            Infix.Multiply when right.Kind == Kind.Scalar => B[0, 0] * A,
            Infix.Multiply => A * B,
            Infix.Hadamard => Broadcast(A, B, (a, b) => a * b),
            Infix.Divide or Infix.ElementwiseDivide => HasZero(B) ? null : Broadcast(A, B, (a, b) => a / b),
            Infix.Kronecker => ExactMatrix.Tabulate(A.Rows * B.Rows, A.Columns * B.Columns, (i, j) => A[i / B.Rows, j / B.Columns] * B[i % B.Rows, j % B.Columns]),
            _ => null,
        };
    }

    /// <summary>A power with an integer exponent of moderate size; null for others, and for inverses.</summary>
    public static ExactMatrix? Power(PowerSyntax power, Known @base, Known exponent)
    {
        if (@base.Exact is not { } A || exponent is not { Kind: Kind.Scalar, Exact: { } e } || !e[0, 0].Denominator.IsOne || Rational.Abs(e[0, 0]) > MostPower) return null;
        int k = (int)e[0, 0].Numerator;
        if (power.Elementwise || @base.Kind == Kind.Scalar)
        {
            if (k < 0 && HasZero(A)) return null;
            Rational Raised(Rational x)
            {
                Rational product = 1;
                for (int i = 0; i < Math.Abs(k); i++) product *= x;
                return k < 0 ? 1 / product : product;
            }
            return ExactMatrix.Tabulate(A.Rows, A.Columns, (i, j) => Raised(A[i, j]));
        }
        if (k < 0) return null;
        var result = ExactMatrix.Identity(A.Rows);
        for (int i = 0; i < k; i++) result *= A;
        return result;
    }

    /// <summary>Blocks put together.</summary>
    public static ExactMatrix? Join(IReadOnlyList<IReadOnlyList<Known>> rows)
    {
        if (rows.Any(r => r.Any(b => b.Exact is null))) return null;
        ExactMatrix[] wide = [.. rows.Select(r => r.Select(b => b.Exact!).Aggregate((left, right) => left.Beside(right)))];
        return wide.Select(w => w.Transpose()).Aggregate((above, below) => above.Beside(below)).Transpose();
    }

    /// <summary>A function that leads from fractions to fractions; null for others.</summary>
    public static ExactMatrix? Call(string function, IReadOnlyList<Known> arguments)
    {
        if (arguments.Count == 0 || arguments.Any(a => a.Exact is null)) return null;
        var A = arguments[0].Exact!;
        int axis = arguments.Count == 2 && arguments[1].Kind == Kind.Scalar && arguments[1].Exact![0, 0] == 1 ? 1 : 2;
        return (function, arguments.Count) switch
        {
            ("sum", 1) => Transcript.Number(Total(A)),
            ("sum", 2) => Along(A, axis),
            ("mean", 1) => Transcript.Number(Total(A) / (A.Rows * A.Columns)),
            ("mean", 2) => new Rational(1, axis == 1 ? A.Rows : A.Columns) * Along(A, axis),
            ("tr", 1) => Transcript.Number(Total(ExactMatrix.Tabulate(A.Rows, 1, (i, _) => A[i, i]))),
            ("dot", 2) => Transcript.Number(Total(Broadcast(A, arguments[1].Exact!, (a, b) => a * b))),
            ("diag", 1) when arguments[0].Kind == Kind.Matrix => ExactMatrix.Tabulate(Math.Min(A.Rows, A.Columns), 1, (i, _) => A[i, i]),
            ("diag", 1) => ExactMatrix.Tabulate(A.Rows * A.Columns, A.Rows * A.Columns, (i, j) => i != j ? 0 : A.Columns == 1 ? A[i, 0] : A[0, i]),
            ("vec", 1) => ExactMatrix.Tabulate(A.Rows * A.Columns, 1, (k, _) => A[k % A.Rows, k / A.Rows]),
            ("kron", 2) => Product(Infix.Kronecker, arguments[0], arguments[1]),
            _ => null,
        };
    }

    private static Rational Total(ExactMatrix A)
    {
        Rational sum = 0;
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++) sum += A[i, j];
        return sum;
    }

    private static ExactMatrix Along(ExactMatrix A, int axis) => axis == 1
        ? ExactMatrix.Tabulate(1, A.Columns, (_, j) => Total(A.SelectColumns([j])))
        : ExactMatrix.Tabulate(A.Rows, 1, (i, _) => Total(A.SelectRows([i])));

    private static bool HasZero(ExactMatrix A)
    {
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++) if (A[i, j].IsZero) return true;
        return false;
    }

    private static ExactMatrix Broadcast(ExactMatrix A, ExactMatrix B, Func<Rational, Rational, Rational> operation) => (A, B) switch
    {
        _ when A.Rows == B.Rows && A.Columns == B.Columns => ExactMatrix.Tabulate(A.Rows, A.Columns, (i, j) => operation(A[i, j], B[i, j])),
        ({ Rows: 1, Columns: 1 }, _) => ExactMatrix.Tabulate(B.Rows, B.Columns, (i, j) => operation(A[0, 0], B[i, j])),
        _ => ExactMatrix.Tabulate(A.Rows, A.Columns, (i, j) => operation(A[i, j], B[0, 0])),
    };
}
