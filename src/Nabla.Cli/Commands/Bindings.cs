using System.Globalization;
using System.Text;
using System.Text.Json;
using Nabla.Cli.Files;
using Nabla.Expressions;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary>The values of <c>--at NAME=FILE</c> and <c>--at NAME=LITERAL</c>.</summary>
/// <remarks>
/// A text that ends like a file of numbers is a file. Else it is read as JSON, as in a request (<c>[1, 2]</c> is a vector, <c>[[1, 2], [3, 4]]</c> a matrix);
/// what is not JSON is evaluated as an expression of the notation without names (<c>[1 2; 3 4]</c>, <c>pi/2</c>, <c>eye(3)</c>).
/// </remarks>
internal static class Bindings
{
    /// <summary>Reads the values.</summary>
    /// <exception cref="UsageException">An entry is not of the form NAME=VALUE, or a name stands twice.</exception>
    /// <exception cref="NablaException">A value cannot be read.</exception>
    public static Dictionary<string, NDArray<double>> Read(IEnumerable<string> entries, Engine engine)
    {
        var values = new Dictionary<string, NDArray<double>>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            int sign = entry.IndexOf('=');
            string name = sign < 0 ? "" : entry[..sign].Trim(), text = entry[(sign + 1)..].Trim();
            if (name.Length == 0 || text.Length == 0) throw new UsageException($"--at must be NAME=FILE or NAME=LITERAL, but it is '{Excerpt.Of(entry)}'.");
            if (!values.TryAdd(name, Value(name, text, engine))) throw new UsageException($"--at must give a name one value, but '{Excerpt.Of(name)}' has two.");
        }
        return values;
    }

    /// <summary>The entries of a value as an array of as many axes.</summary>
    public static NDArray<double> ToArray(Value value) => value.Kind switch
    {
        Kind.Scalar => NDArray<double>.Scalar(value.Real[0]),
        Kind.Matrix => NDArray<double>.FromSpan(value.Real, value.Rows, value.Columns),
        _ => NDArray<double>.FromSpan(value.Real, value.Count),
    };

    private static NDArray<double> Value(string name, string text, Engine engine)
    {
        var array = DataFile.IsNamedBy(text) ? DataFile.Read(text) : Literal(name, text, engine);
        return array.Order <= 2
            ? array
            : throw new NablaException(ErrorCode.Request, $"The value of '{name}' must be a scalar, a vector or a matrix, but it has {array.Order} axes.");
    }

    private static NDArray<double> Literal(string name, string text, Engine engine)
    {
        // The words that answers write for numbers beyond all others need no quotes here.
        if (text is "NaN" or "Infinity" or "-Infinity") return NDArray<double>.Scalar(double.Parse(text, CultureInfo.InvariantCulture));
        try
        {
            return JsonReader.Read(Encoding.UTF8.GetBytes(text), $"The value of '{name}'");
        }
        catch (JsonException)
        {
            return Evaluated(name, text, engine);
        }
    }

    private static NDArray<double> Evaluated(string name, string text, Engine engine)
    {
        try
        {
            var value = engine.Evaluate(new EvaluationRequest { Expression = text }).Outputs[^1].Value;
            if (!value.IsComplex) return ToArray(value);
            throw new NablaException(ErrorCode.Request, "the value is complex.");
        }
        catch (NablaException e)
        {
            throw new NablaException(e.Code == ErrorCode.Internal ? e.Code : ErrorCode.Request,
                $"The value of '{name}' must be a file ({string.Join(", ", DataFile.Extensions)}) or a real literal such as [1 2; 3 4], but it is '{Excerpt.Of(text)}': {e.Message}", null, e);
        }
    }
}
