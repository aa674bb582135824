using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>Inference of long, deep and contradictory programs ends in time.</summary>
public class HostileInferenceTests
{
    public static TheoryData<string, string, string, int> Programs => new()
    {
        { "sin(", "x", ")", 10_000 }, { "(", "x", ")", 10_000 }, { "-(a + ", "x", ")", 10_000 }, { "c+", "c", "", 20_000 }, { "A*", "x", "", 20_000 }, { "", "x", "'", 10_000 },
        { "", "[1", " 2", 100_000 }, { "[", "1", "]", 10_000 }, { "2^", "x", "", 10_000 }, { "x^(1 + ", "1", ")", 10_000 }, { "eye(1 + ", "1", ")", 1 }, { "sum[i](x[i] + ", "1", ")", 2_000 },
        { "kron(A, ", "A", ")", 19 }, { "kron(A, ", "A", ")", 500 }, { "vec(", "X", ")", 100 }, { "[x; ", "y", "]", 500 }, { "x*", "y", "", 500 }, { "A.*", "x", "", 300 },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void EndsInTime(string before, string middle, string after, int count)
    {
        string text = string.Concat(Enumerable.Repeat(before, count)) + middle + string.Concat(Enumerable.Repeat(after, count));
        if (middle == "[1") text += "]";
        // An inference that does not look at its budget does not end here.
        var failure = Record.Exception(() => Inference.Infer(Parser.Parse(text), work: new Work(TimeSpan.FromSeconds(5))));
        Assert.True(failure is null or NablaException { Code: not ErrorCode.Internal }, failure?.ToString());
    }

    [Fact]
    public void DeepArithmeticInAnExponentNeedsNoStack()
    {
        string text = "x in R; x^(" + string.Concat(Enumerable.Repeat("1 + (", 9_000)) + "1" + new string(')', 9_001);
        var thread = new Thread(() => Inference.Infer(Parser.Parse(text)), 256 << 10);
        thread.Start();
        thread.Join();
    }

    [Fact]
    public void ManyDeclarationsAndBindings()
    {
        string declarations = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"x{i} in R^n{i}; "));
        string bindings = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"z{i} = 2*x{i}; "));
        var program = Inference.Infer(Parser.Parse(declarations + bindings + "z1"));
        Assert.Equal(Shape.Column(Dimension.Named("n1")), program.FunctionShapes[0]);
        Assert.Equal(5_000, program.Variables.Count);
    }
}
