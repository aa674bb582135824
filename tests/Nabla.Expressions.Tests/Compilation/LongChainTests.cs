using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Chains over more entries than the second cache holds.</summary>
public class LongChainTests
{
    /// <summary>A long chain, for which memory is asked ahead, has the bits of the same chain over its parts.</summary>
    [Theory]
    [InlineData("y.*log(sigmoid(z))")]
    [InlineData("w.*tanh(z + y) + c*y")]
    [InlineData("y.*exp(-z.^2/2) - w./cos(y)")]
    [InlineData("exp(z)")]
    public void A_long_chain_is_its_parts(string program)
    {
        Check<double>(program);
        Check<float>(program);
    }

    private static void Check<T>(string program)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 140_003, Part = 10_007;
        var random = new Random(Seed);
        var inputs = new[] { "y", "z", "w" }.ToDictionary(name => name, _ => Enumerable.Range(0, Count).Select(_ => T.CreateChecked(4 * random.NextDouble() - 2)).ToArray());
        T[] Run(int first, int count)
        {
            var evaluation = CompiledExpression<T>.Parse(program, ["c in R", "y in R^n", "z in R^n", "w in R^n"], [Output.Value]).CreateEvaluation();
            evaluation.Set("c", [T.CreateChecked(1.5)]);
            foreach (var (name, entries) in inputs) evaluation.Set(name, entries.AsSpan(first, count), count);
            evaluation.Run();
            return evaluation.ToArray(0).ToArray();
        }

        T[] whole = Run(0, Count);
        for (int first = 0; first < Count; first += Part)
        {
            int count = Math.Min(Part, Count - first);
            Assert.Equal(Run(first, count), whole.AsSpan(first, count).ToArray());
        }
    }

    private const int Seed = 20261123;
}
