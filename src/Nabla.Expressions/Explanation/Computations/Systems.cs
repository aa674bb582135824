using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>What row reduction is for: echelon forms, ranks, inverses, systems, null spaces.</summary>
/// <param name="transcript">Takes the steps down.</param>
internal sealed class Systems(Transcript transcript)
{
    /// <summary>The reduced echelon form, with what it says of the system that it may stand for.</summary>
    /// <param name="A">The matrix.</param>
    /// <param name="isAugmented">Whether the last column was written as a right side of its own.</param>
    public ExactMatrix ReducedForm(ExactMatrix A, bool isAugmented)
    {
        var reduction = RowOperations.Reduce(transcript, A, true, isAugmented ? A.Columns - 1 : 0);
        // The right side of a system without solution is reduced too.
        if (isAugmented) reduction = RowOperations.Reduce(transcript, new(reduction.Form), true);
        var form = new ExactMatrix(reduction.Form);
        // The pivot columns of A times the rows of the form that are not zero are A again.
        double error = Transcript.ProductError(A.SelectColumns(reduction.PivotColumns), form.SelectRows([.. Enumerable.Range(0, reduction.Rank)]), A);
        transcript.Add("reduced-echelon-form", Transcript.Text(A), Transcript.Text(form), form.Rows, form.Columns,
            $"Every pivot is 1 and stands alone in its column. {RowOperations.Pivots(reduction, A.Columns)}", error, isAugmented ? A.Columns - 1 : 0);
        // What is not written as one is read as an augmented matrix where it has more columns than rows.
        if (A.Columns > 1 && (isAugmented || A.Columns > A.Rows)) Solutions(A.SelectColumns([.. Enumerable.Range(0, A.Columns - 1)]), A.SelectColumns([A.Columns - 1]), isAugmented ? "" : "Read as the augmented matrix of a system: ");
        return form;
    }

    /// <summary>An echelon form.</summary>
    public ExactMatrix EchelonForm(ExactMatrix A)
    {
        // Where the value is found in floating point, with the largest pivots, the steps choose the same.
        bool isInteger = Enumerable.Range(0, A.Rows * A.Columns).All(k => A[k / A.Columns, k % A.Columns].Denominator.IsOne);
        var reduction = RowOperations.Reduce(transcript, A, false, largest: !isInteger);
        var form = new ExactMatrix(reduction.Form);
        transcript.Add("echelon-form", Transcript.Text(A), Transcript.Text(form), form.Rows, form.Columns, $"Below every pivot stand zeros. {RowOperations.Pivots(reduction, A.Columns)}", transcript.Largest);
        return form;
    }

    /// <summary>The rank.</summary>
    public ExactMatrix Rank(ExactMatrix A)
    {
        var reduction = RowOperations.Reduce(transcript, A, false);
        var rank = Transcript.Number(reduction.Rank);
        transcript.Add("rank", $"rank({Transcript.Text(new ExactMatrix(reduction.Form))})", Transcript.Text(rank), 1, 1, $"Row operations leave the rank as it is, and that of an echelon form is the number of its pivots. {RowOperations.Pivots(reduction, A.Columns)}", transcript.Largest);
        return rank;
    }

    /// <summary>The inverse of Gauss and Jordan: [A, I] is reduced to [I, inv(A)].</summary>
    /// <exception cref="NablaException">The matrix is singular.</exception>
    public ExactMatrix Inverse(ExactMatrix A, string name)
    {
        int n = A.Rows;
        var wide = A.Beside(ExactMatrix.Identity(n));
        transcript.Add("augment", $"[{name}, eye({n})]", wide, $"Write the identity beside {name}: the row operations that turn {name} into the identity turn the identity into the inverse.", wide.ToNDArray(), n);
        var reduction = RowOperations.Reduce(transcript, wide, true, n);
        if (reduction.Rank < n) throw Singular($"The {n} x {n} matrix {name} has the rank {reduction.Rank} and no inverse.");
        var inverse = new ExactMatrix(reduction.Form).SelectColumns([.. Enumerable.Range(n, n)]);
        transcript.Add("inverse", $"inv({name})", Transcript.Text(inverse), n, n, $"The left half is the identity, so the right half is the inverse: {name} times it is the identity.", Transcript.ProductError(A, inverse, ExactMatrix.Identity(n)));
        return inverse;
    }

    /// <summary>The solution of a square system by the reduction of [A, b].</summary>
    /// <exception cref="NablaException">The solution does not exist or is not unique; the message has the solutions.</exception>
    public ExactMatrix Solve(ExactMatrix A, ExactMatrix b, string left, string right)
    {
        var wide = A.Beside(b);
        transcript.Add("augment", $"[{left}, {right}]", wide, "Write the right side beside the matrix: row operations do not change the solutions.", wide.ToNDArray(), A.Columns);
        var reduction = RowOperations.Reduce(transcript, wide, true, A.Columns);
        if (reduction.Rank < A.Columns)
        {
            string all = b.Columns == 1 ? new SolutionSet(A, b) is { IsEmpty: true } none ? $" and has {none}" : $"; all solutions are {new SolutionSet(A, b)}" : "";
            throw Singular($"The system has no unique solution: the {A.Rows} x {A.Columns} matrix {left} has the rank {reduction.Rank}{all}. The steps of rref([{left}, {right}]) show why.");
        }
        var x = new ExactMatrix(reduction.Form).SelectColumns([.. Enumerable.Range(A.Columns, b.Columns)]);
        transcript.Add("solution", $"{left} \\ {right}", Transcript.Text(x), x.Rows, x.Columns, "The left part is the identity: every row gives one unknown.", Transcript.ProductError(A, x, b));
        return x;
    }

    /// <summary>The null space: a direction for every column without a pivot.</summary>
    public ExactMatrix NullSpace(ExactMatrix A, string name)
    {
        var reduction = RowOperations.Reduce(transcript, A, true);
        var directions = new SolutionSet(A, Zeros(A.Rows)).Directions!;
        string reason = directions.Columns == 0
            ? $"{RowOperations.Pivots(reduction, A.Columns)} Every column has a pivot: {name}*x is zero only for x = 0."
            : $"{RowOperations.Pivots(reduction, A.Columns)} Every unknown without a pivot is free: it is 1 in one solution of {name}*x = 0 while the other free ones are 0, and the rows give the rest. These solutions, as columns, are a basis; the value is an orthonormal basis of the same space.";
        transcript.Add("null-space", $"{name}*x = 0", directions.Columns == 0 ? "0" : Transcript.Text(directions), A.Columns, directions.Columns, reason,
            Transcript.ProductError(A, directions, ExactMatrix.Tabulate(A.Rows, directions.Columns, (_, _) => 0)));
        return directions;
    }

    /// <summary>The set of solutions in parametric form, or the row that contradicts.</summary>
    public void Solutions(ExactMatrix A, ExactMatrix b, string opening)
    {
        var set = new SolutionSet(A, b);
        string Sentence(string text) => opening.Length == 0 ? text : opening + char.ToLowerInvariant(text[0]) + text[1..];
        if (set.IsEmpty)
        {
            transcript.Add("no-solution", "0 = 1", "0 = 1", 1, 1, Sentence("There is no solution: a row says that 0 is a number other than 0."), transcript.Largest);
            return;
        }
        string Column(ExactMatrix M, int j) => Transcript.Text(M.SelectColumns([j]));
        string text = Column(set.Particular!, 0) + string.Concat(set.FreeVariables.Select((_, j) => $" + t{j + 1}*{Column(set.Directions!, j)}"));
        string reason = set.FreeVariables.Count == 0
            ? Sentence("There is exactly one solution.")
            : Sentence($"The unknown{(set.FreeVariables.Count == 1 ? "" : "s")} {Transcript.Listed([.. set.FreeVariables.Select((f, j) => $"x{f + 1} = t{j + 1}")])} {(set.FreeVariables.Count == 1 ? "is" : "are")} free, and the rows give the others.");
        var probe = set.Particular!;
        for (int j = 0; j < set.FreeVariables.Count; j++) probe += (Rational)(j + 2) * set.Directions!.SelectColumns([j]);
        transcript.Add("solutions", "x", text, A.Columns, 1, reason, Transcript.ProductError(A, probe, b));
    }

    private static ExactMatrix Zeros(int rows) => ExactMatrix.Tabulate(rows, 1, (_, _) => 0);

    private static NablaException Singular(string message) => new(ErrorCode.Singular, message);
}
