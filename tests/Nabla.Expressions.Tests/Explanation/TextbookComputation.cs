using System.Text;
using Nabla.Expressions.Explanation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>A computation from a course in linear algebra, with its golden transcript in docs/computations.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Title">The title.</param>
/// <param name="Expression">The program; its matrices are literals.</param>
public sealed record TextbookComputation(string Name, string Title, string Expression)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TextbookComputation> All { get; } =
    [
        new("row-reduction", "Row reduction", "A = [1, 2, -1, -4; 2, 3, -1, -11; -2, 0, -3, 22]; rref(A)"),
        new("system-one-solution", "A system with one solution", "A = [2, 1, -1; -3, -1, 2; -2, 1, 2]; b = [8; -11; -3]; A \\ b"),
        new("system-parametric", "A system with infinitely many solutions", "A = [1, 2, 1, 0; 2, 4, 0, 2; 3, 6, 1, 2]; b = [4; 6; 10]; rref([A, b])"),
        new("system-contradiction", "A system without solution", "A = [1, 1; 2, 2]; b = [1; 3]; rref([A, b])"),
        new("inverse", "The inverse of Gauss and Jordan", "A = [0, 2, 1; 1, 1, 0; 2, 0, 1]; inv(A)"),
        new("determinant", "A determinant, by cofactors and by elimination", "A = [2, 0, 1; 1, 3, 2; 4, 1, 5]; det(A)"),
        new("lu", "LU factors", "A = [2, 1, 1; 4, 3, 3; 8, 7, 9]; P, L, U = lu(A)"),
        new("cholesky", "A Cholesky factor", "S = [4, 12, -16; 12, 37, -43; -16, -43, 98]; chol(S)"),
        new("null-space", "A null space", "A = [1, 2, 3; 4, 5, 6; 7, 8, 9]; null(A)"),
        new("eigenvalues-symmetric", "Eigenvalues of a symmetric matrix", "S = [2, 1; 1, 2]; w, V = eig(S)"),
        new("eigenvalues-irrational", "Eigenvalues that are no fractions", "A = [1, 2; 3, 4]; w, V = eig(A)"),
        new("eigenvalues-three", "Eigenvalues of three rows", "A = [1, 2, 0; 0, 3, 0; 2, -4, 2]; w, V = eig(A)"),
        new("eigenvalues-complex", "Eigenvalues of a rotation", "A = [0, -1; 1, 0]; w, V = eig(A)"),
        new("gram-schmidt", "The orthogonalisation of Gram and Schmidt", "A = [1, 1, 0; 1, 0, 1; 0, 1, 1]; Q, R = qr(A)"),
        new("least-squares", "A line through three points", "A = [1, 0; 1, 1; 1, 2]; b = [6; 0; 0]; lstsq(A, b)"),
        new("pca", "Principal components", "X = [2, 1; 4, 3; 6, 8]; m = mean(X, 1); Y = X - ones(rows(X), 1)*m; C = Y'*Y/(rows(X) - 1); w, V = eig(C)"),
    ];

    /// <summary>The answer with its computation.</summary>
    public EvaluationAnswer Answer() => Expressions.Questions.Evaluate(new() { Expression = Expression, Explain = true });

    /// <summary>The transcript: a page of docs/computations.</summary>
    public string Page()
    {
        var page = new StringBuilder($"# {Title}\n\n```nabla\n");
        foreach (string statement in Expression.Replace("; -", ";-").Split("; ").Aggregate(new List<string>(), Joined)) page.Append(statement.Replace(";-", "; -")).Append('\n');
        page.Append("```\n\n```text\n");
        string text = DerivationText.Write(Answer().Computation!, DerivationLevel.Full);
        // Rounding differs between processors: only the order of magnitude of what was repeated is golden.
        return page.Append(System.Text.RegularExpressions.Regex.Replace(text, @"the largest relative error is [0-9.e-]+\.", "the largest relative error is below 1e-8.")).Append("```\n").ToString();
    }

    // A semicolon within brackets separates rows, not statements.
    private static List<string> Joined(List<string> statements, string piece)
    {
        if (statements.Count > 0 && statements[^1].Count(c => c == '[') > statements[^1].Count(c => c == ']')) statements[^1] += $"; {piece}";
        else statements.Add(piece);
        return statements;
    }
}
