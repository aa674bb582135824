namespace Nabla.Numerics;

/// <summary>The orthogonalisation of Gram and Schmidt in exact fractions, without square roots: A = Q R with orthogonal columns of Q and a unit upper triangular R.</summary>
/// <remarks>q_j = a_j - sum over k below j of r_kj q_k, with r_kj = (q_k' a_j) / (q_k' q_k). A column that depends on those before it gives a zero column. Schmidt (1907).</remarks>
public sealed class ExactGramSchmidt
{
    /// <summary>Orthogonalises the columns of a matrix, from the left.</summary>
    /// <param name="A">An m x n matrix.</param>
    public ExactGramSchmidt(ExactMatrix A)
    {
        ArgumentNullException.ThrowIfNull(A);
        int m = A.Rows, n = A.Columns;
        Rational[,] q = A.ToArray(), r = ExactMatrix.Identity(n).ToArray();
        var norms = new Rational[n];
        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < j; k++)
            {
                if (norms[k].IsZero)
                {
                    r[k, j] = 0;
                    continue;
                }
                Rational dot = 0;
                for (int i = 0; i < m; i++) dot += q[i, k] * A[i, j];
                r[k, j] = dot / norms[k];
                for (int i = 0; i < m; i++) q[i, j] -= r[k, j] * q[i, k];
            }
            for (int i = 0; i < m; i++) norms[j] += q[i, j] * q[i, j];
        }
        (Q, R, SquaredNorms) = (new ExactMatrix(q), new ExactMatrix(r), norms);
    }

    /// <summary>The orthogonal columns, m x n; those of dependent columns are zero.</summary>
    public ExactMatrix Q { get; }

    /// <summary>The coefficients of the projections, n x n, upper triangular with ones on the diagonal.</summary>
    public ExactMatrix R { get; }

    /// <summary>The squares of the lengths of the columns of Q.</summary>
    public IReadOnlyList<Rational> SquaredNorms { get; }

    /// <summary>Whether the columns of A are linearly independent.</summary>
    public bool IsIndependent => SquaredNorms.All(x => !x.IsZero);
}
