using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Tests.Simplification;

/// <summary>One-line cases: what the core makes of an expression, or of a derivative, written in the notation.</summary>
public class SimplificationTests
{
    public static TheoryData<string> Cases => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Simplification", "cases.txt")).Where(l => l.Contains("=>", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_written_as_expected(string line)
    {
        string[] parts = line.Split('#')[0].Split("=>");
        int bar = parts[0].IndexOf('|', StringComparison.Ordinal);
        string[] declare = parts[0][..bar].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string question = parts[0][(bar + 1)..].Trim();
        Assert.Equal(parts[1].Trim(), question.StartsWith("d/d", StringComparison.Ordinal) ? Derivative(question[3..], declare) : Simplified(question, declare));
    }

    // "x f" is the gradient of f by x, "x^2 f" the Hessian; what no matrix holds is M of vec(dF) = M*vec(dX).
    private static string? Derivative(string question, string[] declare)
    {
        int blank = question.IndexOf(' ', StringComparison.Ordinal);
        string[] by = question[..blank].Split('^');
        var form = Expressions.Questions.Derivative(new() { Expression = question[blank..], Declare = declare, Wrt = by[0], Order = by.Length > 1 ? int.Parse(by[1]) : 1 }).Derivative;
        return form.Text ?? "vec: " + form.Vec;
    }

    private static string? Simplified(string expression, string[] declare)
    {
        var declarations = declare.SelectMany(d => Parser.ParseDeclaration(d, 0)).ToArray();
        var program = Inference.Infer(Parser.Parse(expression), declarations);
        var tensors = new Tensors(Work.Unlimited);
        var node = Elaboration.Elaborate(program, tensors).Function;
        var declared = declarations.SelectMany(d => d.Shape.Axes).SelectMany(a => a.Names).ToHashSet();
        return new MatrixWriter(tensors, new SizeWriter(program.Variables, declared), 60).Write(node)?.Key;
    }
}
