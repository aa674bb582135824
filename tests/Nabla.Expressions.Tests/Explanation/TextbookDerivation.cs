using System.Text;
using Nabla.Expressions.Explanation;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>A derivation from a course or a textbook, with its golden transcript in docs/derivations.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Title">The title.</param>
/// <param name="Expression">The program.</param>
/// <param name="Wrt">The variable.</param>
/// <param name="Declare">The declarations.</param>
public sealed record TextbookDerivation(string Name, string Title, string Expression, string Wrt, params string[] Declare)
{
    /// <summary>The order.</summary>
    public int Order { get; init; } = 1;

    /// <summary>How it is told.</summary>
    public DerivationView View { get; init; } = DerivationView.Chain;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TextbookDerivation> All { get; } =
    [
        new("course-sine", "Exercise: a sine of an affine map", "z = A*x + b; f = sin(z)", "x", "A in R^(E x D)", "x in R^D", "b in R^E"),
        new("course-gaussian", "Exercise: an unnormalised Gaussian", "y = x - mu; z = y'*inv(S)*y; f = exp(-1/2*z)", "x", "x in R^D", "mu in R^D", "S in R^(D x D) positive definite"),
        new("quadratic-form", "A quadratic form", "x'*A*x", "x", "A in R^(n x n)", "x in R^n"),
        new("least-squares", "Least squares", "norm2(X*w - y)^2", "w", "X in R^(N x n)", "w in R^n", "y in R^N"),
        new("ridge", "Ridge regression", "norm2(X*w - y)^2 + c*norm2(w)^2", "w", "X in R^(N x n)", "w in R^n", "y in R^N", "c in R"),
        new("logistic-loss", "The logistic loss", "sum(log(1 + exp(-y.*(X*w))))", "w", "X in R^(N x n)", "w in R^n", "y in R^N"),
        new("logistic-hessian", "The Hessian of the logistic loss", "sum(softplus(-y.*(X*w)))", "w", "X in R^(N x n)", "w in R^n", "y in R^N") { Order = 2 },
        new("softmax-cross-entropy", "Cross-entropy of a softmax", "-y'*log(softmax(W*x))", "W", "W in R^(k x n)", "x in R^n", "y in R^k"),
        new("log-determinant", "A log determinant", "logdet(X)", "X", "X in R^(n x n)"),
        new("determinant", "A determinant", "det(X)", "X", "X in R^(n x n)"),
        new("trace-linear", "A linear trace", "tr(A*X*B)", "X", "A in R^(p x m)", "X in R^(m x n)", "B in R^(n x p)") { View = DerivationView.Differential },
        new("trace-quadratic", "A quadratic trace", "tr(X'*A*X)", "X", "A in R^(n x n)", "X in R^(n x k)") { View = DerivationView.Differential },
        new("inverse", "A bilinear form of an inverse", "a'*inv(X)*b", "X", "X in R^(n x n)", "a in R^n", "b in R^n") { View = DerivationView.Differential },
        new("norm", "A Euclidean norm", "norm2(A*x - b)", "x", "A in R^(m x n)", "x in R^n", "b in R^m"),
        new("gaussian-mean", "The Gaussian log-likelihood by the mean", "-1/2*(x - mu)'*inv(S)*(x - mu) - 1/2*logdet(S)", "mu", "x in R^D", "mu in R^D", "S in R^(D x D) positive definite"),
        new("gaussian-covariance", "The Gaussian log-likelihood by the covariance", "-1/2*(x - mu)'*inv(S)*(x - mu) - 1/2*logdet(S)", "S", "x in R^D", "mu in R^D", "S in R^(D x D) positive definite") { View = DerivationView.Differential },
        new("two-layer-network", "A network of two layers, by the first weights", "h = tanh(W*x + b); f = (v'*h - t)^2", "W", "W in R^(m x n)", "x in R^n", "b in R^m", "v in R^m", "t in R"),
        new("pca-lagrangian", "The Lagrangian of the first principal component", "w'*S*w - c*(w'*w - 1)", "w", "S in R^(n x n) symmetric", "w in R^n", "c in R"),
        new("matrix-factorisation", "Matrix factorisation", "normF(X - W*H)^2", "H", "X in R^(m x n)", "W in R^(m x k)", "H in R^(k x n)"),
        new("rayleigh-quotient", "The Rayleigh quotient", "(w'*S*w)/(w'*w)", "w", "S in R^(n x n) symmetric", "w in R^n"),
        new("one-variable", "Product and chain rule in one variable", "x^2*sin(3*x)", "x", "x in R"),
        new("matrix-by-matrix", "A matrix by a matrix", "A*X*B", "X", "A in R^(m x n)", "X in R^(n x p)", "B in R^(p x q)") { View = DerivationView.Element },
    ];

    /// <summary>The answer with its derivation.</summary>
    public DerivativeAnswer Answer() => Expressions.Questions.Derivative(new() { Expression = Expression, Wrt = Wrt, Declare = Declare, Order = Order, Explain = View });

    /// <summary>The transcript: a page of docs/derivations.</summary>
    public string Page()
    {
        var page = new StringBuilder();
        page.Append($"# {Title}\n\n```nabla\n");
        foreach (string declaration in Declare) page.Append(declaration).Append('\n');
        foreach (string statement in Expression.Split("; ")) page.Append(statement).Append('\n');
        page.Append($"```\n\nBy `{Wrt}`{(Order > 1 ? $", order {Order}" : "")}{(View == DerivationView.Chain ? "" : $", told by the {View.ToString().ToLowerInvariant()} view")}.\n\n```text\n");
        return page.Append(Stable(DerivationText.Write(Answer().Derivation!, DerivationLevel.Full, View == DerivationView.Element ? JacobianPicture.Of(new() { Expression = Expression, Wrt = Wrt, Declare = Declare }) : null))).Append("```\n").ToString();
    }

    // Rounding differs between processors: only the order of magnitude of what was proven is golden.
    private static string Stable(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"the largest relative error is [0-9.e-]+\.", "the largest relative error is below 1e-8.");
}
