using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <content>Functions of C#: the inputs in a given order, the only result as value. They may be shared between threads.</content>
public sealed partial class CompiledExpression<T>
{
    /// <summary>The result as a function of one input.</summary>
    /// <param name="x">The name of the input.</param>
    /// <exception cref="NablaException">These are not the inputs, or there are several results.</exception>
    public Func<NDArray<T>, NDArray<T>> ToFunction(string x)
    {
        DemandInputs(x);
        return a => Evaluate((x, a))[0];
    }

    /// <summary>The result as a function of two inputs.</summary>
    /// <param name="x">The name of the first input.</param>
    /// <param name="y">The name of the second.</param>
    /// <exception cref="NablaException">These are not the inputs, or there are several results.</exception>
    public Func<NDArray<T>, NDArray<T>, NDArray<T>> ToFunction(string x, string y)
    {
        DemandInputs(x, y);
        return (a, b) => Evaluate((x, a), (y, b))[0];
    }

    /// <summary>The result as a function of three inputs.</summary>
    /// <param name="x">The name of the first input.</param>
    /// <param name="y">The name of the second.</param>
    /// <param name="z">The name of the third.</param>
    /// <exception cref="NablaException">These are not the inputs, or there are several results.</exception>
    public Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> ToFunction(string x, string y, string z)
    {
        DemandInputs(x, y, z);
        return (a, b, c) => Evaluate((x, a), (y, b), (z, c))[0];
    }

    /// <summary>The scalar result as a function of one input.</summary>
    /// <param name="x">The name of the input.</param>
    /// <exception cref="NablaException">These are not the inputs, there are several results, or the result is no scalar.</exception>
    public Func<NDArray<T>, T> ToScalarFunction(string x)
    {
        DemandScalar();
        var function = ToFunction(x);
        return a => function(a).ToScalar();
    }

    /// <summary>The scalar result as a function of two inputs.</summary>
    /// <param name="x">The name of the first input.</param>
    /// <param name="y">The name of the second.</param>
    /// <exception cref="NablaException">These are not the inputs, there are several results, or the result is no scalar.</exception>
    public Func<NDArray<T>, NDArray<T>, T> ToScalarFunction(string x, string y)
    {
        DemandScalar();
        var function = ToFunction(x, y);
        return (a, b) => function(a, b).ToScalar();
    }

    /// <summary>The scalar result as a function of three inputs.</summary>
    /// <param name="x">The name of the first input.</param>
    /// <param name="y">The name of the second.</param>
    /// <param name="z">The name of the third.</param>
    /// <exception cref="NablaException">These are not the inputs, there are several results, or the result is no scalar.</exception>
    public Func<NDArray<T>, NDArray<T>, NDArray<T>, T> ToScalarFunction(string x, string y, string z)
    {
        DemandScalar();
        var function = ToFunction(x, y, z);
        return (a, b, c) => function(a, b, c).ToScalar();
    }

    private void DemandInputs(params string[] names)
    {
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(Inputs.Order(StringComparer.Ordinal)))
            throw new NablaException(ErrorCode.Request, $"The inputs are {string.Join(", ", Inputs)}, but the function is asked for with {string.Join(", ", names)}.");
        if (Outputs.Count != 1) throw new NablaException(ErrorCode.Request, $"A function has one result, but there are {Outputs.Count}: {string.Join(", ", Outputs)}.");
    }

    private void DemandScalar()
    {
        if (Compiled.Results[0].Node is { Order: > 0 } node) throw new NablaException(ErrorCode.Kind, $"The result must be a scalar, but it is {string.Join(" x ", node.Axes)}.");
    }
}
