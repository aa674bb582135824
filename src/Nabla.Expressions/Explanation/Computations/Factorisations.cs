using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>LU and Cholesky factors by elimination.</summary>
/// <param name="transcript">Takes the steps down.</param>
internal sealed class Factorisations(Transcript transcript)
{
    /// <summary>A = P*L*U by elimination with the largest pivots, as the value is found.</summary>
    /// <param name="A">The matrix.</param>
    /// <param name="name">How it is written.</param>
    /// <returns>P, L and U.</returns>
    public IReadOnlyList<ExactMatrix> LU(ExactMatrix A, string name)
    {
        RowOperations.Reduce(transcript, A, false, largest: true);
        var lu = new ExactLU(A, largestPivots: true);
        int k = Math.Min(A.Rows, A.Columns);
        int[] first = [.. Enumerable.Range(0, k)];
        var (P, L, U) = (lu.P.Transpose(), lu.L.SelectColumns(first), lu.U.SelectRows(first));
        transcript.Add("upper-factor", "U", Transcript.Text(U), U.Rows, U.Columns, "U is the echelon form.", transcript.Largest);
        transcript.Add("lower-factor", "L", L, "L holds the multiples that were subtracted: the entry in row i and column j is how often the pivot row j was taken from row i; exchanged rows take theirs along.", L.ToNDArray());
        transcript.Add("permutation", "P", P, $"P puts the exchanged rows back: {name} = P*L*U.", P.ToNDArray());
        transcript.Add("product", "P*L*U", Transcript.Text(A), A.Rows, A.Columns, "Check: the product is the matrix again.", Transcript.ProductError(P * L, U, A));
        return [P, L, U];
    }

    /// <summary>A = L*L' by elimination: the multipliers, each column times the root of its pivot.</summary>
    /// <param name="A">The matrix.</param>
    /// <param name="name">How it is written.</param>
    /// <param name="value">L as it is found in double precision.</param>
    /// <exception cref="NablaException">The matrix is not positive definite.</exception>
    public void Cholesky(ExactMatrix A, string name, Value value)
    {
        if (!A.Equals(A.Transpose())) throw new NablaException(ErrorCode.Domain, $"A Cholesky factor belongs to a symmetric matrix, but {name} is not symmetric.");
        var lu = new ExactLU(A);
        var pivots = Enumerable.Range(0, A.Rows).Select(i => lu.U[i, i]).ToArray();
        if (lu.Operations.Any(o => o.Kind == RowOperationKind.Exchange) || pivots.Any(p => p.Sign <= 0))
            throw new NablaException(ErrorCode.Domain, $"A Cholesky factor belongs to a positive definite matrix, but the pivots of {name} are not all positive.");
        RowOperations.Reduce(transcript, A, false);
        transcript.Add("lower-factor", "M", lu.L, $"M holds the multiples that were subtracted, so that {name} = M*U; because {name} is symmetric, U is D*M' with the pivots in D.", lu.L.ToNDArray());
        var D = ExactMatrix.Tabulate(A.Rows, A.Rows, (i, j) => i == j ? pivots[i] : 0);
        transcript.Add("pivots", "D", Transcript.Text(D), A.Rows, A.Rows, $"The pivots are positive, so {name} is positive definite: {name} = M*D*M'.", Transcript.ProductError(lu.L * D, lu.L.Transpose(), A));
        var L = value.ToMatrix();
        transcript.Add("cholesky-factor", "M*sqrt(D)", Transcript.Text(value), value.Rows, value.Columns, $"Every column of M times the root of its pivot, {Transcript.Listed([.. pivots.Select(Orthogonalisation.Root)])}: L*L' = M*D*M' = {name}.",
            Transcript.Error(A, NDArray.MatMul(L, L.Transpose()), Transcript.Size(A)));
    }
}
