using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>A scalar function of one or several numbers, with its gradient: entries of one variable, or scalar variables.</summary>
internal sealed class ScalarFunction
{
    private readonly IReadOnlyList<(Variable Variable, Derived Derived)> _parts;
    private readonly Dictionary<string, NDArray<double>> _values;
    private readonly IReadOnlyDictionary<string, long> _sizes;
    private readonly Work _work;

    /// <param name="parts">The variables with the function and its derivative by each.</param>
    /// <param name="values">The values of all other variables; those of the variables give their shapes.</param>
    /// <param name="work">The budget.</param>
    public ScalarFunction(IReadOnlyList<(Variable Variable, Derived Derived)> parts, IReadOnlyDictionary<string, NDArray<double>> values, Work work)
    {
        (_parts, _work) = (parts, work);
        _values = new(values, StringComparer.Ordinal);
        var program = parts[0].Derived.Program;
        var given = AnswerValues.Given(program, values);
        _sizes = Evaluation.Sizes.Of(program.Variables.Select(v => (v, given[v.Name]))).All(program.DimensionNames);
    }

    /// <summary>The value; not a number where there is none.</summary>
    public double Value(ReadOnlySpan<double> point)
    {
        Put(point);
        return Entries(_parts[0].Derived.Proven.Function, false) is [var value] ? value : double.NaN;
    }

    /// <summary>The gradient; entries that are not numbers where there is none.</summary>
    public double[] Gradient(ReadOnlySpan<double> point)
    {
        Put(point);
        int n = point.Length / _parts.Count;
        return [.. _parts.SelectMany(p => Entries(p.Derived.Proven.Derivative, true) ?? [.. Enumerable.Repeat(double.NaN, n)])];
    }

    private void Put(ReadOnlySpan<double> point)
    {
        for (int k = 0; k < _parts.Count; k++)
        {
            string name = _parts[k].Variable.Name;
            _values[name] = _parts.Count > 1 ? NDArray<double>.Scalar(point[k]) : NDArray<double>.FromSpan(point, _values[name].Shape);
        }
    }

    private double[]? Entries(Node node, bool isDerivative)
    {
        try
        {
            return new TensorEvaluator(_values, _sizes, _work, takesSubgradients: isDerivative).Evaluate(node).ToArray();
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return null;
        }
    }
}
