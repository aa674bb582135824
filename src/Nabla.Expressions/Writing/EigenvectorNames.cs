using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing;

/// <summary>Writes what depends on eigenvectors with names for them: <c>w, V = eig(S); V*diag(w)*V'</c>.</summary>
/// <remarks>The projection on the k-th eigenspace is P[k,i,j] = V[i,k] V[j,k]: the sign of an eigenvector does not matter.</remarks>
internal static class EigenvectorNames
{
    /// <summary>The tensor with the names put in, and the bindings that must stand before it; null where an eigenproblem cannot be written.</summary>
    public static (Node Root, IReadOnlyList<Binding> Bindings)? Apply(Tensors t, Node root, SizeWriter sizes, HashSet<string> taken)
    {
        var bindings = new List<Binding>();
        while (Find(root) is { } projections)
        {
            var S = projections.Argument;
            if (new MatrixWriter(t, sizes, 0).Write(S) is not { } matrix) return null;
            string w = Fresh("w", taken), V = Fresh("V", taken);
            var vectors = t.Symbol(V, S.Axes, Properties.Orthogonal);
            root = new Rewriting(t, projections, t.Einsum("ik,jk->kij", vectors, vectors)).Apply(root);
            root = new Rewriting(t, t.Apply(OperatorTable.Get<Eigenvalues>(), S, 2), t.Symbol(w, [S.Axes[0]])).Apply(root);
            bindings.Add(new([w, V], new CallSyntax("eig", [matrix.Syntax]), [default, default]));
        }
        return (root, bindings);
    }

    private static ApplyNode? Find(Node root) => root.WithOperands().OfType<ApplyNode>().LastOrDefault(n => n is { Function: Eigenprojections, Argument.Order: 2 });

    private static string Fresh(string wanted, HashSet<string> taken)
    {
        string name = wanted;
        for (int k = 1; !taken.Add(name); k++) name = wanted + k;
        return name;
    }
}
