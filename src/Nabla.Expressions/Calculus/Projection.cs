using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Calculus;

/// <summary>The projection of a free derivative on the matrices that a declared property allows: symmetric or diagonal ones.</summary>
internal static class Projection
{
    /// <summary>The derivative with its last two axes projected, and what the answer says about it; null where nothing was to do.</summary>
    public static (Node Derivative, string? Note) Apply(Tensors t, Node derivative, SymbolNode variable)
    {
        if (variable.Order != 2) return (derivative, null);
        if (variable.Properties.HasFlag(Properties.Diagonal))
            return (t.Einsum("...ii->...ii", derivative), $"{variable.Name} is diagonal: the derivative is projected on diagonal matrices.");
        if ((variable.Properties & (Properties.LowerTriangular | Properties.UpperTriangular | Properties.Orthogonal)) != 0)
            return (derivative, $"{variable.Name} is {string.Join(", ", PropertyWords.All(variable.Properties))}: the derivative is the free one; along changes that keep the property it is the only one.");
        if (!variable.Properties.HasFlag(Properties.Symmetric)) return (derivative, null);
        var half = Coefficient.Rational(1, 2);
        var transposed = t.Einsum("...ij->...ji", derivative);
        return (t.Sum([(half, derivative), (half, transposed)], derivative.Axes), $"{variable.Name} is symmetric: the derivative is the symmetric one, the projection of the free derivative.");
    }
}
