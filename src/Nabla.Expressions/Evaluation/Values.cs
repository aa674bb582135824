using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>Arrays as values of the notation.</summary>
internal static class Values
{
    /// <summary>The entries of an array as a value of a kind: a row has one axis, as a column has; a list for a matrix stays a column.</summary>
    public static Value Of(Kind kind, NDArray<double> entries)
    {
        double[] data = entries.ToArray();
        return kind switch
        {
            Kind.Scalar => Value.Scalar(data[0]),
            Kind.Column => Value.Column(data),
            Kind.Row => Value.Row(data),
            Kind.Matrix when entries.Order == 1 => Value.Column(data),
            _ => Value.Matrix(entries.Shape[0], entries.Shape[1], data),
        };
    }
}
