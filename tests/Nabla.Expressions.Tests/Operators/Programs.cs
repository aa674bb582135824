using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Operators;

/// <summary>Programs of the notation, typed and evaluated both ways.</summary>
internal static class Programs
{
    public static TypedProgram Typed(string text, params (string Name, Value Value)[] values) =>
        Inference.Infer(Parser.Parse(text), [], values.ToDictionary(v => v.Name, v => Given(v.Value)), Work.Unlimited);

    /// <summary>The values by the interpreter.</summary>
    public static Outcome Interpret(string text, params (string Name, Value Value)[] values) =>
        Interpreter.Evaluate(Typed(text, values), values.ToDictionary(v => v.Name, v => v.Value), Work.Unlimited);

    /// <summary>The value by the definitions in the core.</summary>
    public static double[] Define(string text, params (string Name, Value Value)[] values)
    {
        var program = Typed(text, values);
        var node = Elaboration.Elaborate(program, new Tensors(Work.Unlimited)).Function;
        return Evaluate(node, values.ToDictionary(v => v.Name, v => v.Value)).ToArray();
    }

    /// <summary>The value of a tensor; a dimension has the size that a variable gives it.</summary>
    public static NDArray<double> Evaluate(Node node, IReadOnlyDictionary<string, Value> values)
    {
        var arrays = values.ToDictionary(v => v.Key, v => Array(v.Value));
        var sizes = new Dictionary<string, long> { ["m"] = 2, ["n"] = 3, ["k"] = 4 };
        return new TensorEvaluator(arrays, sizes, Work.Unlimited).Evaluate(node);
    }

    /// <summary>A value with random entries between two bounds, for a shape in m = 2, n = 3, k = 4; symmetric and positive definite on demand.</summary>
    public static Value Random(Random random, Variable variable, double least = -1, double most = 1)
    {
        int Size(Dimension d) => (int)d.Evaluate(new Dictionary<string, long> { ["m"] = 2, ["n"] = 3, ["k"] = 4 });
        var (rows, columns) = (Size(variable.Shape.Rows), Size(variable.Shape.Columns));
        if (variable.Properties.HasFlag(Properties.Nonnegative)) (least, most) = (0.2, 2);
        double[] entries = [.. Enumerable.Range(0, rows * columns).Select(_ => least + (most - least) * random.NextDouble())];
        var A = NDArray<double>.FromArray(entries, rows, columns);
        if (variable.Properties.HasFlag(Properties.PositiveDefinite)) A = NDArray.MatMul(A, A.Transpose()) + NDArray<double>.Identity(rows);
        else if (variable.Properties.HasFlag(Properties.Orthogonal)) A = new QR<double>(A).Q;
        else if (variable.Properties.HasFlag(Properties.Symmetric)) A = A + A.Transpose();
        else if (variable.Shape.Kind == Kind.Matrix && rows == columns) A = A + NDArray<double>.Identity(rows) * NDArray<double>.Scalar(3);
        return Value.Of(variable.Shape.Kind, A);
    }

    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1;
        foreach (double e in expected) scale = Math.Max(scale, Math.Abs(e));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale || expected[i].Equals(actual[i]), $"{what}: entry {i} is {actual[i]:R}, expected {expected[i]:R}");
    }

    private static GivenShape Given(Value value) => value.Kind switch
    {
        Kind.Scalar => GivenShape.Scalar,
        Kind.Matrix => GivenShape.Matrix(value.Rows, value.Columns),
        _ => GivenShape.Vector(value.Count),
    };

    private static NDArray<double> Array(Value value) => value.Kind switch
    {
        Kind.Scalar => NDArray<double>.Scalar(value.Real[0]),
        Kind.Matrix => value.ToMatrix(),
        _ => NDArray<double>.FromSpan(value.Real),
    };
}
