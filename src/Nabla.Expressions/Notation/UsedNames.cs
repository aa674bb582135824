using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

/// <summary>The names whose values an expression needs.</summary>
internal static class UsedNames
{
    /// <summary>The bindings that the function of a program needs, in their order, and all names that it and they use.</summary>
    public static (IReadOnlyCollection<Binding> Bindings, IReadOnlySet<string> Names) Of(ProgramSyntax program)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var needed = new Stack<Binding>();
        Collect(program.Function, used);
        foreach (var binding in program.Bindings.Reverse())
        {
            if (!binding.Names.Any(used.Contains)) continue;
            needed.Push(binding);
            Collect(binding.Value, used);
        }
        return (needed, used);
    }

    /// <summary>Adds the names that occur in an expression, but for indices within their sums and the sizes of <c>eye(n)</c> and its like.</summary>
    public static void Collect(SyntaxNode root, HashSet<string> names)
    {
        var open = new Stack<(SyntaxNode Node, string[] Indices, bool IsSize)>();
        open.Push((root, [], false));
        while (open.TryPop(out var next))
        {
            var (node, indices, isSize) = next;
            switch (node)
            {
                case NameSyntax name:
                    if (!isSize && !indices.Contains(name.Name)) names.Add(name.Name);
                    break;
                case ReductionSyntax reduction:
                    open.Push((reduction.Body, [.. indices, .. reduction.Indices], false));
                    break;
                case CallSyntax call:
                    // A bare name among the arguments of eye is a dimension, but eye(rows(A)) needs A.
                    bool takesSizes = OperatorTable.Find(call.Function) is { TakesSizes: true };
                    foreach (var argument in call.Arguments) open.Push((argument, indices, takesSizes));
                    break;
                default:
                    foreach (var child in Children(node)) open.Push((child, indices, isSize));
                    break;
            }
        }
    }

    private static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        SumSyntax sum => sum.Terms.Select(t => t.Operand),
        ProductSyntax product => product.Links.Select(l => l.Operand).Prepend(product.First),
        NegateSyntax negate => [negate.Operand],
        TransposeSyntax transpose => [transpose.Operand],
        PowerSyntax power => [power.Base, power.Exponent],
        IndexSyntax index => index.Indices.OfType<SyntaxNode>().Prepend(index.Operand),
        BlockSyntax block => block.Rows.SelectMany(r => r),
        _ => [],
    };
}
