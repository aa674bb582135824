using System.Diagnostics;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Finds a small program that breaks the same law.</summary>
internal static class Shrinking
{
    private const int MaxQuestions = 400;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    /// <summary>The smallest program found, and how it fails.</summary>
    public static (GeneratedProgram Program, Failure Failure) Shrink(GeneratedProgram program, Failure failure, bool thorough)
    {
        int questions = 0;
        var watch = Stopwatch.StartNew();
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (var candidate in Candidates(program))
            {
                if (++questions > MaxQuestions || watch.Elapsed > s_longest) return (program, failure);
                if (!IsSmaller(candidate, program) || !IsWellShaped(candidate) || Laws.Broken(candidate, thorough) is not { } other || other.Law != failure.Law) continue;
                (program, failure, smaller) = (candidate, other, true);
                break;
            }
        }
        return (program, failure);
    }

    private static bool IsSmaller(GeneratedProgram a, GeneratedProgram b) => Size(a) < Size(b);

    private static int Size(GeneratedProgram p) => p.Text.Length + string.Concat(p.Declare).Length + 10 * p.Order;

    private static bool IsWellShaped(GeneratedProgram p)
    {
        try
        {
            return p.Typed() is var typed && typed.FindVariable(p.Wrt) is not null
                && typed.DimensionNames.All(n => typed.Variables.Any(v => v.Shape.Axes.Any(a => a.Names.Contains(n)))) && (p.Order == 1 || typed.FunctionShapes[0].Axes.Count <= 2);
        }
        catch (NablaException)
        {
            return false;
        }
    }

    private static IEnumerable<GeneratedProgram> Candidates(GeneratedProgram p)
    {
        var typed = p.Typed();
        var syntax = typed.Syntax;
        if (p.Order > 1) yield return p with { Order = p.Order - 1 };
        foreach (var piece in SyntaxTrees.All(syntax.Function).Skip(1)) yield return p with { Program = syntax with { Function = piece } };
        for (int b = 0; b < syntax.Bindings.Count; b++)
        {
            yield return p with { Program = syntax with { Bindings = [.. syntax.Bindings.Where((_, i) => i != b)] } };
            yield return p with { Program = SyntaxTrees.Inlined(syntax, b) };
        }
        foreach (var piece in syntax.Bindings.Select(b => b.Value).Append(syntax.Function).SelectMany(SyntaxTrees.All))
        {
            if (piece is NameSyntax or NumberSyntax || Shape(typed, piece) is not { } shape) continue;
            foreach (var part in SyntaxTrees.All(piece).Skip(1))
                if (Shape(typed, part) == shape) yield return p with { Program = SyntaxTrees.Replace(syntax, piece, part) };
            foreach (var v in typed.Variables)
            {
                if (v.Shape == shape) yield return p with { Program = SyntaxTrees.Replace(syntax, piece, new NameSyntax(v.Name)) };
                else if (v.Shape == shape.Transposed) yield return p with { Program = SyntaxTrees.Replace(syntax, piece, new TransposeSyntax(new NameSyntax(v.Name))) };
            }
            if (shape.IsScalar) yield return p with { Program = SyntaxTrees.Replace(syntax, piece, new NumberSyntax(2)) };
            foreach (var shorter in Shorter(piece)) yield return p with { Program = SyntaxTrees.Replace(syntax, piece, shorter) };
        }
        for (int d = 0; d < p.Declarations.Count; d++)
        {
            if (p.Declarations[d].Properties != Properties.None) yield return p with { Declarations = [.. p.Declarations.Select((x, i) => i == d ? x with { Properties = Properties.None } : x)] };
            yield return p with { Declarations = [.. p.Declarations.Where((_, i) => i != d)] };
        }
    }

    private static IEnumerable<SyntaxNode> Shorter(SyntaxNode piece)
    {
        if (piece is SumSyntax { Terms.Count: > 2 } sum)
            for (int i = 0; i < sum.Terms.Count; i++) yield return new SumSyntax([.. sum.Terms.Where((_, k) => k != i)]);
        if (piece is ProductSyntax { Links.Count: > 1 } product)
            for (int i = 0; i < product.Links.Count; i++) yield return new ProductSyntax(product.First, [.. product.Links.Where((_, k) => k != i)]);
    }

    private static Shape? Shape(TypedProgram program, SyntaxNode node)
    {
        try
        {
            return program.ShapeOf(node);
        }
        catch (KeyNotFoundException)
        {
            return null;
        }
    }
}
