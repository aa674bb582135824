using System.Text.Json;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Requests;

/// <summary>Writes numbers and arrays of them as JSON that reads back as the same doubles.</summary>
internal static class NumberWriter
{
    /// <summary>Writes a number; what is not finite as a text.</summary>
    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    /// <summary>Writes a scalar as a number, a vector as an array, a matrix as an array of rows; complex numbers as <c>{"re", "im"}</c>.</summary>
    public static void Write(Utf8JsonWriter json, Value value)
    {
        ReadOnlySpan<int> shape = value.Kind switch
        {
            Kind.Scalar => [],
            Kind.Matrix => [value.Rows, value.Columns],
            _ => [value.Count],
        };
        Write(json, shape, value.Real, value.Imaginary);
    }

    /// <summary>Writes nested arrays in the order of the axes.</summary>
    public static void Write(Utf8JsonWriter json, NDArray<double> value) => Write(json, value.Shape, value.AsContiguous().AsSpan(), []);

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<int> shape, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
    {
        if (shape.IsEmpty)
        {
            WriteEntry(json, real[0], imaginary);
            return;
        }
        json.WriteStartArray();
        int length = shape[0] == 0 ? 0 : real.Length / shape[0];
        for (int i = 0; i < shape[0]; i++)
            Write(json, shape[1..], real.Slice(i * length, length), imaginary.IsEmpty ? [] : imaginary.Slice(i * length, length));
        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, double real, ReadOnlySpan<double> imaginary)
    {
        if (imaginary.IsEmpty)
        {
            Write(json, real);
            return;
        }
        json.WriteStartObject();
        json.WritePropertyName("re"u8);
        Write(json, real);
        json.WritePropertyName("im"u8);
        Write(json, imaginary[0]);
        json.WriteEndObject();
    }
}
