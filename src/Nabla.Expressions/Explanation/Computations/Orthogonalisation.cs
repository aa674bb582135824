using System.Numerics;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Gram and Schmidt, and least squares by the normal equations.</summary>
/// <param name="transcript">Takes the steps down.</param>
internal sealed class Orthogonalisation(Transcript transcript)
{
    private const int LargestPrime = 1000;

    /// <summary>A = Q*R by the orthogonalisation of Gram and Schmidt; lengths are divided out at the end.</summary>
    /// <param name="A">The matrix.</param>
    /// <param name="name">How it is written.</param>
    /// <param name="values">Q and R as they are found in double precision.</param>
    /// <exception cref="NablaException">The columns are dependent.</exception>
    public void Factor(ExactMatrix A, string name, IReadOnlyList<Value> values)
    {
        int k = Math.Min(A.Rows, A.Columns);
        var first = A.SelectColumns([.. Enumerable.Range(0, k)]);
        var result = Columns(first, name);
        var (Q, R) = (values[0], values.Count > 1 ? values[1] : null);
        var turned = new List<string>();
        double error = 0;
        for (int j = 0; j < k; j++)
        {
            double length = Math.Sqrt(result.SquaredNorms[j].ToDouble()), same = 0, opposite = 0;
            for (int i = 0; i < A.Rows; i++)
            {
                double q = result.Q[i, j].ToDouble() / length;
                same = Math.Max(same, Math.Abs(q - Q.Real[i * Q.Columns + j]));
                opposite = Math.Max(opposite, Math.Abs(q + Q.Real[i * Q.Columns + j]));
            }
            if (opposite < same) turned.Add($"{j + 1}");
            error = Math.Max(error, Math.Min(same, opposite));
        }
        string sign = turned.Count == 0 ? "" : $" Lengths are positive here; column{(turned.Count == 1 ? "" : "s")} {Transcript.Listed(turned)} of the value {(turned.Count == 1 ? "has" : "have")} the other sign, which is right as well.";
        // Almost dependent columns lose digits in double precision, not in fractions.
        double loss = Math.Max(1, LinearAlgebra.Condition(first.ToNDArray()));
        transcript.Add("orthonormal-columns", "Q", Transcript.Text(Q), Q.Rows, Q.Columns, $"Divide every column by its length: {Transcript.Listed([.. Enumerable.Range(0, k).Select(j => $"norm2(q{j + 1}) = {Root(result.SquaredNorms[j])}")])}.{sign}", error / loss);
        if (R is not null) transcript.Add("triangular-factor", $"Q'*{name}", Transcript.Text(R), R.Rows, R.Columns, "R holds the lengths on its diagonal and, above it, the products of the columns of Q with those of the matrix.", ProductError(Q, R, A));
    }

    /// <summary>Least squares by the normal equations.</summary>
    public ExactMatrix LeastSquares(ExactMatrix A, ExactMatrix b, string left, string right)
    {
        var (transposed, lhs, rhs) = (A.Transpose(), $"{left}'*{left}", $"{left}'*{right}");
        var (normal, side) = (transposed * A, transposed * b);
        transcript.Add("normal-equations", lhs, normal, $"The residual {right} - {left}*x is shortest where it is orthogonal to every column of {left}: {lhs}*x = {rhs}, the normal equations. Their matrix:", NDArray.MatMul(transposed.ToNDArray(), A.ToNDArray()));
        transcript.Add("right-side", rhs, side, "Their right side:", NDArray.MatMul(transposed.ToNDArray(), b.ToNDArray()));
        var wide = normal.Beside(side);
        transcript.Add("augment", $"[{lhs}, {rhs}]", wide, "Solve them by row reduction.", wide.ToNDArray(), A.Columns);
        var reduction = RowOperations.Reduce(transcript, wide, true, A.Columns);
        var form = new ExactMatrix(reduction.Form);
        var x = ExactMatrix.Tabulate(A.Columns, b.Columns, (i, j) => reduction.PivotColumns.ToList().IndexOf(i) is >= 0 and int row ? form[row, A.Columns + j] : 0);
        if (reduction.Rank < A.Columns)
        {
            var D = new SolutionSet(normal, ExactMatrix.Tabulate(A.Columns, 1, (_, _) => 0)).Directions!;
            transcript.Add("null-space", $"{lhs}*v = 0", D, $"The columns of {left} are dependent: the solutions differ by combinations of these directions, the null space of {left}.", D.ToNDArray());
            var shortest = x - D * (ExactLinearAlgebra.Inverse(D.Transpose() * D) * (D.Transpose() * x));
            transcript.Add("shortest-solution", Transcript.Text(shortest), Transcript.Text(shortest), x.Rows, x.Columns, "Of these the shortest one is orthogonal to the directions: the part along them is taken away.", Transcript.ProductError(D.Transpose(), shortest, ExactMatrix.Tabulate(D.Columns, x.Columns, (_, _) => 0)));
            x = shortest;
        }
        else transcript.Add("solution", $"({lhs}) \\ ({rhs})", Transcript.Text(x), x.Rows, x.Columns, "The left part is the identity: every row gives one unknown.", Transcript.ProductError(normal, x, side));
        var residual = b - A * x;
        transcript.Add("residual", $"{right} - {left}*x", Transcript.Text(residual), residual.Rows, residual.Columns, $"What is left over; every column of {left} is orthogonal to it.", Transcript.ProductError(transposed, residual, ExactMatrix.Tabulate(A.Columns, b.Columns, (_, _) => 0)));
        return x;
    }

    /// <summary>An orthonormal basis of the column space: Gram and Schmidt on the columns with pivots.</summary>
    public void ColumnSpace(ExactMatrix A, string name)
    {
        var reduction = RowOperations.Reduce(transcript, A, false);
        var basis = A.SelectColumns(reduction.PivotColumns);
        if (basis.Columns == 0) return;
        transcript.Add("column-space", Transcript.Text(basis), basis, $"{RowOperations.Pivots(reduction, A.Columns)} The columns of {name} with pivots are a basis of its column space.", basis.ToNDArray());
        var result = Columns(basis, name);
        transcript.Add("orthogonal-columns", Transcript.Text(result.Q), result.Q, $"Divided by their lengths, {Transcript.Listed([.. result.SquaredNorms.Select(Root)])}, these columns are an orthonormal basis. The value may be another basis of the same space.", result.Q.ToNDArray());
    }

    private ExactGramSchmidt Columns(ExactMatrix A, string name)
    {
        var result = new ExactGramSchmidt(A);
        for (int j = 0; j < A.Columns; j++)
        {
            var (a, q) = (A.SelectColumns([j]), result.Q.SelectColumns([j]));
            int[] along = [.. Enumerable.Range(0, j).Where(k => !result.R[k, j].IsZero)];
            string before = Transcript.Text(a) + string.Concat(along.Select(k => $" - {Transcript.Factor(result.R[k, j])}*{Transcript.Text(result.Q.SelectColumns([k]))}"));
            string reason = j == 0
                ? $"q1 is the first column of {name}. Its squared length is {Transcript.Text(result.SquaredNorms[0])}."
                : along.Length == 0
                ? $"q{j + 1} is column {j + 1}: it is orthogonal to the columns before. Its squared length is {Transcript.Text(result.SquaredNorms[j])}."
                : $"q{j + 1} is column {j + 1} without its projections on {Transcript.Listed([.. along.Select(k => $"q{k + 1}")])}: {Transcript.Listed([.. along.Select(k => $"(q{k + 1}'*a{j + 1})/(q{k + 1}'*q{k + 1}) = {Transcript.Text(result.R[k, j])}")])}. Its squared length is {Transcript.Text(result.SquaredNorms[j])}.";
            if (result.SquaredNorms[j].IsZero)
                throw new NablaException(ErrorCode.Unsupported, $"The orthogonalisation of Gram and Schmidt needs independent columns, but column {j + 1} of {name} is a combination of those before: nothing is left of it.");
            transcript.Add("projection", before, Transcript.Text(q), q.Rows, 1, reason, j == 0 ? 0 : Transcript.ProductError(result.Q.SelectColumns([.. Enumerable.Range(0, j)]).Transpose(), q, ExactMatrix.Tabulate(j, 1, (_, _) => 0)));
        }
        return result;
    }

    /// <summary>The root of a fraction as it is written: <c>3</c>, <c>2*sqrt(2)</c>, <c>sqrt(33)/2</c>.</summary>
    public static string Root(Rational x)
    {
        // sqrt(p/q) = sqrt(p*q)/q, and squares come out of the root.
        var (outside, inside) = Squares(x.Numerator * x.Denominator);
        var factor = new Rational(outside, x.Denominator);
        if (inside.IsOne || x.IsZero) return Transcript.Text(factor);
        string root = $"sqrt({inside})";
        string numerator = factor.Numerator.IsOne ? root : $"{factor.Numerator}*{root}";
        return factor.Denominator.IsOne ? numerator : $"{numerator}/{factor.Denominator}";
    }

    // n = a^2*b; squares of large primes stay inside.
    private static (BigInteger Outside, BigInteger Inside) Squares(BigInteger n)
    {
        BigInteger outside = 1, inside = n;
        for (int p = 2; p < LargestPrime && (BigInteger)p * p <= inside; p++)
            while ((inside % (p * p)).IsZero) (outside, inside) = (outside * p, inside / (p * p));
        var root = (BigInteger)Math.Sqrt((double)inside);
        for (var r = root - 1; r <= root + 1; r++) if (r > 1 && r * r == inside) return (outside * r, 1);
        return (outside, inside);
    }

    private static double ProductError(Value Q, Value R, ExactMatrix A) => Transcript.Error(A, NDArray.MatMul(Q.ToMatrix(), R.ToMatrix()), Transcript.Size(A));
}
