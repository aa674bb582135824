using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Determinants: by cofactors where the matrix is small, and by elimination.</summary>
/// <param name="transcript">Takes the steps down.</param>
internal sealed class Determinants(Transcript transcript)
{
    private const int MostCofactors = 4;

    /// <summary>The determinant.</summary>
    public ExactMatrix Of(ExactMatrix A)
    {
        var found = ExactLinearAlgebra.Determinant(A);
        if (A.Rows <= MostCofactors && A.Rows > 1) Expand(A);
        if (A.Rows > 2) Eliminate(A, found);
        if (A.Rows == 1) transcript.Add("determinant", $"det([{Transcript.Text(A)}])", Transcript.Text(found), 1, 1, "The determinant of a matrix of one entry is that entry.", Error(A, found));
        return Transcript.Number(found);
    }

    /// <summary>The expansion along the row or column with most zeros, down to 2 x 2.</summary>
    public Rational Expand(ExactMatrix A)
    {
        int n = A.Rows;
        if (n == 2)
        {
            var value = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0];
            transcript.Add("determinant-of-two", $"{Transcript.Factor(A[0, 0])}*{Transcript.Factor(A[1, 1])} - {Transcript.Factor(A[0, 1])}*{Transcript.Factor(A[1, 0])}", Transcript.Text(value), 1, 1,
                $"det({Transcript.Text(A)}) is the product of the diagonal minus that of the other diagonal.", Error(A, value));
            return value;
        }
        int Zeros(Func<int, Rational> line) => Enumerable.Range(0, n).Count(k => line(k).IsZero);
        int row = Enumerable.Range(0, n).MaxBy(i => Zeros(j => A[i, j])), column = Enumerable.Range(0, n).MaxBy(j => Zeros(i => A[i, j]));
        bool isRow = Zeros(j => A[row, j]) >= Zeros(i => A[i, column]);
        var terms = new List<string>();
        Rational sum = 0;
        transcript.Open();
        for (int k = 0; k < n; k++)
        {
            int i = isRow ? row : k, j = isRow ? k : column;
            if (A[i, j].IsZero) continue;
            var minor = A.Without(i, j);
            bool isNegative = (i + j) % 2 == 1;
            terms.Add($"{(terms.Count == 0 ? isNegative ? "-" : "" : isNegative ? " - " : " + ")}{Transcript.Factor(A[i, j])}*det({Transcript.Text(minor)})");
            sum += (isNegative ? -A[i, j] : A[i, j]) * Expand(minor);
        }
        string line = isRow ? $"row {row + 1}" : $"column {column + 1}";
        string zeros = (isRow ? Zeros(j => A[row, j]) : Zeros(i => A[i, column])) is > 0 and var count ? $", which has {(count == 1 ? "a zero" : $"{count} zeros")}" : "";
        transcript.Close("cofactor-expansion", null, terms.Count == 0 ? "0" : string.Concat(terms), Transcript.Text(sum),
            $"By cofactors along {line}{zeros}: every entry times the determinant without its row and column, with the sign of (-1)^(i + j).", 1, 1, Error(A, sum));
        return sum;
    }

    private void Eliminate(ExactMatrix A, Rational found)
    {
        transcript.Open();
        var reduction = RowOperations.Reduce(transcript, A, false);
        var form = reduction.Form;
        int exchanges = reduction.Operations.Count(o => o.Kind == RowOperationKind.Exchange);
        string product = string.Concat(Enumerable.Range(0, A.Rows).Select(i => $"{(i > 0 ? "*" : "")}{Transcript.Factor(form[i, i])}"));
        string sign = exchanges switch { 0 => "", 1 => " The exchange of two rows turns its sign.", _ => $" Each of the {exchanges} exchanges of rows turns its sign." };
        transcript.Close("elimination", null, $"{(exchanges % 2 == 1 ? "-" : "")}{product}", Transcript.Text(found),
            $"By elimination: adding a multiple of one row to another leaves the determinant as it is, and that of a triangular matrix is the product of its diagonal.{sign}", 1, 1, Error(A, found));
    }

    // Relative to the product of the rows' lengths, which bounds the determinant (Hadamard).
    private static double Error(ExactMatrix A, Rational found)
    {
        var repeated = A.ToNDArray();
        double bound = 1;
        for (int i = 0; i < A.Rows; i++) bound *= Math.Max(double.Epsilon, Math.Sqrt(Enumerable.Range(0, A.Rows).Sum(j => repeated[i, j] * repeated[i, j])));
        return Transcript.Error(Transcript.Number(found), NDArray<double>.Full(LinearAlgebra.Determinant(repeated), 1, 1), bound);
    }
}
