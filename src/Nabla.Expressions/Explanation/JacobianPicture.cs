using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A derivative of a matrix by a matrix seen in two ways, with numbers: the tensor in blocks, and the flattened Jacobian.</summary>
/// <param name="Tensor">dF[i,j]/dX[k,l], m x n x p x q; a vector counts as a matrix of one column, a number as 1 x 1.</param>
/// <param name="Jacobian">d vec(F)/d vec(X)', mn x pq: entries in the order of the columns, stacked.</param>
/// <param name="Isomorphism">Which entry of the one is which of the other, in a sentence.</param>
/// <param name="Values">The values that were used: those given, and small integers for the others.</param>
/// <param name="Text">The picture in characters, both beside each other.</param>
/// <param name="Svg">
/// The picture in SVG; presentation attributes only. Cells have the class <c>cell</c>, those of one entry of F, marked in both, <c>marked</c>.
/// </param>
public sealed record JacobianPicture(NDArray<double> Tensor, NDArray<double> Jacobian, string Isomorphism, IReadOnlyDictionary<string, NDArray<double>> Values, string Text, string Svg)
{
    /// <summary>The values in a sentence: "For A = [1, 2; 3, 4] and x = [5; 1]:".</summary>
    public string Example => $"For {Explanation.Computations.Transcript.Listed([.. Values.Select(v => $"{v.Key} = {Explanation.Jacobians.JacobianDrawing.Literal(v.Value)}")])}:";

    /// <summary>The picture for a question of order 1.</summary>
    /// <param name="request">The question; variables without a value get small integers, dimensions without a size 2 or 3.</param>
    /// <exception cref="NablaException">The question has no answer, or the Jacobian has too many entries to be seen.</exception>
    public static JacobianPicture Of(DerivativeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Explanation.Jacobians.JacobianDrawing.Of(request);
    }
}
