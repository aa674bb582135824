using System.Numerics;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Eigenvalues by the characteristic polynomial, and the eigenvectors of each by row reduction.</summary>
/// <param name="transcript">Takes the steps down.</param>
internal sealed class Eigenvalues(Transcript transcript)
{
    private const int MostRows = 4;

    /// <summary>The eigenvalues, and the eigenvectors where they are asked for.</summary>
    /// <param name="A">The matrix.</param>
    /// <param name="name">How it is written.</param>
    /// <param name="w">The eigenvalues as they are found in double precision.</param>
    /// <param name="V">The eigenvectors; null where they are not asked for.</param>
    /// <exception cref="NablaException">The matrix is too large for its polynomial to be solved by hand.</exception>
    public void Of(ExactMatrix A, string name, Value w, Value? V)
    {
        int n = A.Rows;
        if (n > MostRows) throw new NablaException(ErrorCode.Limit, $"Eigenvalues are worked out by the characteristic polynomial for matrices of at most {MostRows} rows, but {name} is {n} x {n}.");
        var p = Polynomial.Characteristic(A);
        string shape = n == 2 ? $": for two rows lambda^2 - tr({name})*lambda + det({name})" : n == 3 ? ": the coefficients are minus the trace, the sum of the three principal 2 x 2 minors, and minus the determinant" : "";
        transcript.Add("characteristic-polynomial", $"det(lambda*eye({n}) - {name})", p.ToString(), 1, 1, $"lambda is an eigenvalue where lambda*eye({n}) - {name} is singular, that is, where its determinant is zero{shape}.", Error(A, p));
        var rational = Roots(A, p, w, out var rest);
        Rest(rest, w);
        if (V is not null)
        {
            foreach (var root in rational.Distinct()) Vectors(A, name, root, rational.Count(r => r == root));
            if (rest.Degree == 2 && n == 2) Pair(A, rest);
            else if (rest.Degree > 0) transcript.Add("eigenvectors", $"({name} - lambda*eye({n}))*v = 0", "v", n, 1, "For the eigenvalues that are no fractions the system is solved in double precision.", Residual(A, w, V));
        }
        transcript.Add("eigenvalues", "w", Transcript.Text(w), n, 1, "All eigenvalues, each as often as its multiplicity.", ValueError(A, p, w));
        if (V is not null) transcript.Add("unit-eigenvectors", "V", Transcript.Text(V), n, n, $"The eigenvectors in the same order, divided by their lengths; each may be multiplied by {(V.IsComplex ? "a number of absolute value 1" : "-1")}.{(A.Equals(A.Transpose()) ? $" {name} is symmetric: they are orthogonal to each other." : "")}", Residual(A, w, V));
    }

    // A rational eigenvalue of an integer matrix is an integer; with a common denominator d of A it is an integer over d.
    private List<Rational> Roots(ExactMatrix A, Polynomial p, Value w, out Polynomial rest)
    {
        BigInteger d = 1;
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++) d = d / BigInteger.GreatestCommonDivisor(d, A[i, j].Denominator) * A[i, j].Denominator;
        var roots = new List<Rational>();
        rest = p;
        foreach (double guess in Enumerable.Range(0, w.Count).Select(k => w[k].Real).Order())
        {
            if (rest.Degree == 1) break;
            var scaled = new BigInteger(Math.Round(guess * (double)d));
            for (int shift = -1; shift <= 1 && rest.Degree > 1; shift++)
            {
                var root = new Rational(scaled + shift, d);
                if (!rest.At(root).IsZero) continue;
                var quotient = rest.Without(root);
                string factor = $"(lambda - {Transcript.Factor(root)})*({quotient})";
                transcript.Add("root", rest.ToString(), factor, 1, 1, $"lambda = {Transcript.Text(root)} is a root: {rest.Worked(root)} = 0. Divide by lambda - {Transcript.Factor(root)}.", rest.Difference(quotient, root));
                roots.Add(root);
                rest = quotient;
                break;
            }
        }
        if (rest.Degree == 1)
        {
            var root = -rest[0];
            transcript.Add("root", $"{rest} = 0", Transcript.Text(root), 1, 1, $"The last factor gives lambda = {Transcript.Text(root)}.", 0);
            roots.Add(root);
            rest = rest.Without(root);
        }
        return roots;
    }

    private void Rest(Polynomial rest, Value w)
    {
        if (rest.Degree == 0) return;
        if (rest.Degree > 2)
        {
            transcript.Add("roots", $"{rest} = 0", Transcript.Text(w), w.Count, 1, "No root of this factor is a fraction: its roots are found in double precision.", 0);
            return;
        }
        var (half, discriminant) = (-rest[1] / 2, rest[1] * rest[1] / 4 - rest[0]);
        string root = discriminant.Sign < 0 ? Orthogonalisation.Root(-discriminant) is var positive && positive == "1" ? "i" : $"{Orthogonalisation.Root(-discriminant)}*i" : Orthogonalisation.Root(discriminant);
        string centre = half.IsZero ? "" : $"{Transcript.Text(half)} ";
        string reason = discriminant.Sign < 0
            ? $"The formula for the roots of a quadratic polynomial: the number under the root, {Transcript.Text(discriminant)}, is negative, so the two eigenvalues are complex and conjugate to each other."
            : $"The formula for the roots of a quadratic polynomial: {(half.IsZero ? "plus and minus" : $"{Transcript.Text(half)} plus and minus")} the root of {Transcript.Text(discriminant)}.";
        double spread = Math.Sqrt(Math.Abs(discriminant.ToDouble()));
        var z = discriminant.Sign < 0 ? new Complex(half.ToDouble(), spread) : half.ToDouble() + spread;
        transcript.Add("quadratic-formula", $"{rest} = 0", $"[{centre}{(half.IsZero ? "-" : "- ")}{root}; {centre}{(half.IsZero ? "" : "+ ")}{root}]", 2, 1, reason, rest.Relative(z));
    }

    private void Vectors(ExactMatrix A, string name, Rational root, int multiplicity)
    {
        int n = A.Rows;
        string written = root.IsZero ? name : root == Rational.One ? $"{name} - eye({n})" : root.Sign > 0 ? $"{name} - {Transcript.Factor(root)}*eye({n})" : root == -1 ? $"{name} + eye({n})" : $"{name} + {Transcript.Factor(-root)}*eye({n})";
        var shifted = A - root * ExactMatrix.Identity(n);
        transcript.Open();
        transcript.Add("shift", written, shifted, "The matrix of the system for the eigenvectors:", shifted.ToNDArray());
        RowOperations.Reduce(transcript, shifted, true);
        var directions = new SolutionSet(shifted, ExactMatrix.Tabulate(n, 1, (_, _) => 0)).Directions!;
        string count = directions.Columns < multiplicity
            ? $" The eigenvalue is a root {multiplicity} times but has {(directions.Columns == 1 ? "one direction" : $"{directions.Columns} directions")} only: {name} cannot be diagonalised."
            : "";
        transcript.Close("eigenvectors", null, root.IsZero ? $"{name}*v = 0" : $"({written})*v = 0", Transcript.Text(directions), $"The eigenvectors of lambda = {Transcript.Text(root)} solve this system; they are the multiples{(directions.Columns > 1 ? " and sums" : "")} of {(directions.Columns > 1 ? "these columns" : "this column")}.{count}",
            n, directions.Columns, Transcript.ProductError(A, directions, root * directions));
    }

    // Two rows with irrational eigenvalues: no entry off the diagonal is zero.
    private void Pair(ExactMatrix A, Polynomial p)
    {
        var (b, a) = (A[0, 1], A[0, 0]);
        string vector = a.IsZero ? $"[{Transcript.Text(b)}; lambda]" : $"[{Transcript.Text(b)}; lambda {(a.Sign < 0 ? "+" : "-")} {Transcript.Text(Rational.Abs(a))}]";
        var (half, discriminant) = ((-p[1] / 2).ToDouble(), (p[1] * p[1] / 4 - p[0]).ToDouble());
        var lambda = half + Complex.Sqrt(discriminant);
        Complex v0 = b.ToDouble(), v1 = lambda - a.ToDouble();
        double error = Complex.Abs(A[1, 0].ToDouble() * v0 + A[1, 1].ToDouble() * v1 - lambda * v1) / (1e-300 + Complex.Abs(lambda * v1) + Transcript.Size(A) * (Complex.Abs(v0) + Complex.Abs(v1)));
        transcript.Add("eigenvectors", $"{(a.IsZero ? "-lambda" : $"({Transcript.Text(a)} - lambda)")}*v1 {(b.Sign < 0 ? "-" : "+")} {(Rational.Abs(b) == Rational.One ? "" : Transcript.Factor(Rational.Abs(b)) + "*")}v2 = 0", vector, 2, 1, "The rows of the singular system are multiples of each other: the first one gives an eigenvector for each eigenvalue.", error);
    }

    private static double Error(ExactMatrix A, Polynomial p)
    {
        double largest = 0;
        foreach (int k in (ReadOnlySpan<int>)[-2, 1, 3])
        {
            var shifted = (Rational)k * ExactMatrix.Identity(A.Rows) - A;
            double bound = 1, found = LinearAlgebra.Determinant(shifted.ToNDArray());
            for (int i = 0; i < A.Rows; i++) bound *= Math.Max(1, A.Columns * Transcript.Size(shifted));
            largest = Math.Max(largest, Math.Abs(p.At(k).ToDouble() - found) / bound);
        }
        return largest;
    }

    // A root of multiplicity m is known to the m-th root of the precision only: what is compared is the polynomial.
    private static double ValueError(ExactMatrix A, Polynomial p, Value w) => Enumerable.Range(0, w.Count).Max(k => p.Relative(w[k], Transcript.Size(A)));

    private static double Residual(ExactMatrix A, Value w, Value V)
    {
        double error = 0, size = Transcript.Size(A) * A.Rows;
        for (int j = 0; j < w.Count; j++)
            for (int i = 0; i < A.Rows; i++)
            {
                Complex sum = -w[j] * V[i, j];
                for (int k = 0; k < A.Rows; k++) sum += A[i, k].ToDouble() * V[k, j];
                error = Math.Max(error, Complex.Abs(sum) / size);
            }
        return error;
    }
}
