using System.Numerics;
using Nabla.Expressions;
using Nabla.Numerics;

namespace Nabla.Derivatives.Bench;

/// <summary>A case of the comparison: a program, what is computed of it, and the shapes of its inputs.</summary>
/// <param name="Program">The program.</param>
/// <param name="Declare">The declarations.</param>
/// <param name="Outputs">What is computed.</param>
/// <param name="Shapes">The shape of every input.</param>
internal sealed record Case(string Program, string[] Declare, Output[] Outputs, params (string Name, int[] Shape)[] Shapes)
{
    /// <summary>The action to time, and the sum of the absolute values of all results.</summary>
    public (Action Run, Func<double> Checksum, Func<string> Explain, long Bytes) Prepare<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var compiled = CompiledExpression<T>.Parse(Program, Declare, Outputs);
        var evaluation = compiled.CreateEvaluation();
        foreach (var (name, shape) in Shapes) evaluation.Set(name, Input<T>(name, shape));
        return (evaluation.Run, Checksum, evaluation.Explain, evaluation.Bytes);

        double Checksum()
        {
            double sum = 0;
            for (int i = 0; i < compiled.Outputs.Count; i++) foreach (T entry in evaluation.Result(i)) sum += Math.Abs(double.CreateTruncating(entry));
            return sum;
        }
    }

    // The same numbers as the peers have: a sine with a phase of the name's letters; labels are signs, S is positive definite.
    private static NDArray<T> Input<T>(string name, int[] shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (shape.Length == 0) return NDArray<T>.Scalar(T.CreateTruncating(0.1));
        int count = shape.Aggregate(1, (a, b) => a * b);
        double phase = name.Sum(c => (int)c);
        double Entry(int k) => Math.Sin(1.37 * k + 0.0001 * k * (k % 97) + phase);
        if (name == "S")
        {
            int n = shape[0];
            var G = NDArray<double>.FromArray([.. Enumerable.Range(0, count).Select(Entry)], n, n);
            var S = NDArray.MatMul(G.Transpose(), G) * NDArray<double>.Scalar(1.0 / n) + NDArray<double>.Identity(n);
            return NDArray<T>.FromArray([.. S.ToArray().Select(T.CreateTruncating)], shape);
        }
        double scale = name is "w" or "W1" or "W2" or "x" or "v" ? 0.1 : 1;
        return NDArray<T>.FromSpan([.. Enumerable.Range(0, count).Select(k => T.CreateTruncating(name == "y" ? (Entry(k) > 0 ? 1 : -1) : name == "Y" ? (k % 10 == k / 10 % 10 ? 1 : 0) : scale * Entry(k)))], shape);
    }
}
