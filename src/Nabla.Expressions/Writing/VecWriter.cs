using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Writes a derivative of more than two axes as <c>vec(dF) = M*vec(dX)</c>, with Kronecker products and the commutation matrix K.</summary>
/// <remarks>vec stacks columns; K(m,n)*vec(X) = vec(X') for X in R^(m x n). Magnus and Neudecker (2019), sections 2.2 and 3.7.</remarks>
internal static class VecWriter
{
    /// <summary>The matrix M in notation; null where it is no sum of Kronecker products.</summary>
    /// <param name="writer">The matrix writer.</param>
    /// <param name="derivative">The derivative: the axes of the function, then those of the variable.</param>
    /// <param name="functionAxes">How many axes the function has: at most two.</param>
    /// <param name="variableAxes">How many axes the variable has: at most two.</param>
    public static string? Write(MatrixWriter writer, Node derivative, int functionAxes, int variableAxes)
    {
        if (derivative.Order != functionAxes + variableAxes || functionAxes > 2 || variableAxes > 2) return null;
        var terms = derivative is AddNode sum ? sum.Terms : [((Coefficient)1, derivative)];
        var text = new System.Text.StringBuilder();
        foreach (var (coefficient, node) in terms)
        {
            bool negative = coefficient.Sign < 0;
            if (Term(writer, node, functionAxes, variableAxes, negative ? -coefficient : coefficient) is not { } term) return null;
            text.Append(text.Length == 0 ? (negative ? "-" : "") : negative ? " - " : " + ").Append(term);
        }
        return text.Length == 0 ? "0" : text.ToString();
    }

    private static string? Term(MatrixWriter writer, Node node, int functionAxes, int variableAxes, Coefficient coefficient)
    {
        if (Elementwise(writer, node, functionAxes, variableAxes) is { } diagonal) return MatrixWriter.Scale(coefficient, diagonal).Key;
        if (Flattened(writer, node, functionAxes, variableAxes, false) is { } straight) return MatrixWriter.Scale(coefficient, straight).Key;
        if (variableAxes < 2 || Flattened(writer, node, functionAxes, variableAxes, true) is not { } crossed) return null;
        return $"{Form.Multiply(MatrixWriter.Scale(coefficient, crossed)).Key}*K({node.Axes[functionAxes]},{node.Axes[functionAxes + 1]})";
    }

    // F = f(X) entry by entry: the matrix is diag(vec(W)).
    private static Form? Elementwise(MatrixWriter writer, Node node, int functionAxes, int variableAxes)
    {
        if (functionAxes != 2 || variableAxes != 2 || node is not ContractNode c) return null;
        if (c.Result[0] == c.Result[1] || c.Result[0] != c.Result[2] || c.Result[1] != c.Result[3]) return null;
        var weights = writer.Tensors.Einsum("ijij->ij", node);
        if (weights is ContractNode { Factors.Count: 0 }) return writer.Sizes.Identity(node.Axes[0] * node.Axes[1]);
        return writer.Write(weights) is { } form ? Form.Diagonal(Form.Call("vec", Kind.Column, form)) : null;
    }

    private static Form? Flattened(MatrixWriter writer, Node node, int functionAxes, int variableAxes, bool transposed)
    {
        var t = writer.Tensors;
        var c = new Contraction(t);
        int[] labels = c.LabelsFor(node);
        c.Multiply(node, labels);
        int rows = Merge(labels[..functionAxes], false), columns = Merge(labels[functionAxes..], transposed);
        return writer.Write(c.Build(rows, columns));

        int Merge(int[] axes, bool turned)
        {
            if (axes.Length < 2) return axes.Length == 1 ? axes[0] : c.Label(Dimension.One);
            // Columns are stacked: the row index runs faster, unless the matrix is transposed first.
            var (slow, fast) = turned ? (axes[0], axes[1]) : (axes[1], axes[0]);
            var pair = t.Pair(SizeOf(slow), SizeOf(fast));
            int merged = c.Label(pair.Axes[0]);
            c.Multiply(pair, merged, slow, fast);
            return merged;
        }

        Dimension SizeOf(int label) => node.Axes[Array.IndexOf(labels, label)];
    }
}
