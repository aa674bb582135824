using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>What the kernels of Nabla.Numerics throw, as errors of the notation, which counts from 1.</summary>
internal static class NumericFailure
{
    /// <summary>The error that a kernel's exception means; null for exceptions that are none of its answers.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="operation">The sign or the function's name, for messages.</param>
    /// <param name="values">The arguments' values.</param>
    public static NablaException? Of(Exception exception, string operation, IReadOnlyList<Value> values) => exception switch
    {
        SingularMatrixException => new(ErrorCode.Singular, exception.Message, null, exception),
        NotFiniteNumberException => new(ErrorCode.Domain, values.Select(v => NotFinite(operation, v)).FirstOrDefault(m => m is not null) ?? exception.Message, null, exception),
        NotPositiveDefiniteException or ConvergenceException => new(ErrorCode.Domain, exception.Message, null, exception),
        OverflowException => new(ErrorCode.Limit, exception.Message, null, exception),
        ShapeException => new(ErrorCode.Shape, exception.Message, null, exception),
        ArgumentException and not ArgumentNullException => new(ErrorCode.Domain, exception.Message, null, exception),
        _ => null,
    };

    private static string? NotFinite(string operation, Value value)
    {
        for (int k = 0; k < value.Count; k++)
        {
            if (double.IsFinite(value.Real[k])) continue;
            string entry = value.Kind switch { Kind.Scalar => "it", Kind.Matrix => $"entry [{k / value.Columns + 1},{k % value.Columns + 1}]", _ => $"entry [{k + 1}]" };
            return FormattableString.Invariant($"{operation} needs finite entries, but {entry} of its argument is {value.Real[k]}.");
        }
        return null;
    }
}
