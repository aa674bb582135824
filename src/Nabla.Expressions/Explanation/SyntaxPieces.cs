using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation;

/// <summary>Takes syntax trees apart and puts them together again with other pieces.</summary>
internal static class SyntaxPieces
{
    /// <summary>The direct pieces of a tree, in the order in which <see cref="With"/> takes them back; sizes and indices are none.</summary>
    public static IReadOnlyList<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        SumSyntax s => [.. s.Terms.Select(t => t.Operand)],
        ProductSyntax p => [p.First, .. p.Links.Select(l => l.Operand)],
        NegateSyntax n => [n.Operand],
        PowerSyntax p => [p.Base, p.Exponent],
        TransposeSyntax t => [t.Operand],
        IndexSyntax i => [i.Operand],
        CallSyntax c when Operators.OperatorTable.Find(c.Function) is not { TakesSizes: true } => c.Arguments,
        ReductionSyntax r => [r.Body],
        BlockSyntax b => [.. b.Rows.SelectMany(r => r)],
        _ => [],
    };

    /// <summary>The same tree with other direct pieces.</summary>
    public static SyntaxNode With(SyntaxNode node, IReadOnlyList<SyntaxNode> children)
    {
        int next = 0;
        return node switch
        {
            SumSyntax s => new SumSyntax([.. s.Terms.Select((t, i) => t with { Operand = children[i] })], s.Place),
            ProductSyntax p => new ProductSyntax(children[0], [.. p.Links.Select((l, i) => l with { Operand = children[i + 1] })], p.Place),
            NegateSyntax n => new NegateSyntax(children[0], n.Place),
            PowerSyntax p => new PowerSyntax(children[0], children[1], p.Elementwise, p.Place),
            TransposeSyntax t => new TransposeSyntax(children[0], t.Place),
            IndexSyntax i => new IndexSyntax(children[0], i.Indices, i.Place),
            CallSyntax c => new CallSyntax(c.Function, [.. children], c.Place),
            ReductionSyntax r => new ReductionSyntax(r.Function, r.Indices, children[0], r.Place),
            BlockSyntax b => new BlockSyntax([.. b.Rows.Select(r => (IReadOnlyList<SyntaxNode>)[.. r.Select(_ => children[next++])])], b.Place),
            _ => node,
        };
    }

    /// <summary>The tree with pieces replaced from the root down; what a replacement returns is not searched further, null keeps the piece.</summary>
    public static SyntaxNode Replace(SyntaxNode node, Func<SyntaxNode, SyntaxNode?> replacement)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Replace(node, replacement));
        if (replacement(node) is { } other) return other;
        var children = Children(node);
        if (children.Count == 0) return node;
        var replaced = children.Select(c => Replace(c, replacement)).ToArray();
        return replaced.SequenceEqual(children) ? node : With(node, replaced);
    }

    /// <summary>All pieces, the tree itself first, each as often as it stands.</summary>
    public static List<SyntaxNode> All(SyntaxNode root)
    {
        var pieces = new List<SyntaxNode>();
        var pending = new Stack<SyntaxNode>([root]);
        while (pending.TryPop(out var node))
        {
            pieces.Add(node);
            foreach (var child in Children(node).Reverse()) pending.Push(child);
        }
        return pieces;
    }

    /// <summary>The function of a program with the bindings that it needs put in; null where that would have more than <paramref name="most"/> pieces.</summary>
    public static SyntaxNode? Inlined(ProgramSyntax program, int most)
    {
        var bound = new Dictionary<string, (SyntaxNode Value, int Size)>(StringComparer.Ordinal);
        foreach (var binding in UsedNames.Of(program).Bindings)
        {
            if (binding.Names.Count > 1 || Put(binding.Value) is not { } value) return null;
            bound[binding.Names[0]] = (value, All(value).Count);
        }
        return Put(program.Function);

        SyntaxNode? Put(SyntaxNode node)
        {
            long size = 0;
            var result = Copied(node, name => bound.TryGetValue(name, out var b) ? (size += b.Size) <= most ? b.Value : null : null);
            return size <= most && All(result).Count <= most ? result : null;
        }
    }

    // Every occurrence gets an object of its own, so that one of them can be changed; an index hides a binding of its name.
    private static SyntaxNode Copied(SyntaxNode node, Func<string, SyntaxNode?> value)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Copied(node, value));
        return node switch
        {
            NameSyntax n => value(n.Name) is { } put ? Copied(put, _ => null) : new NameSyntax(n.Name, n.Place),
            NumberSyntax n => new NumberSyntax(n.Value, n.Place),
            ReductionSyntax r => With(r, [Copied(r.Body, name => r.Indices.Contains(name) ? null : value(name))]),
            IndexSyntax i => new IndexSyntax(Copied(i.Operand, value), i.Indices, i.Place),
            _ when Children(node) is { Count: > 0 } children => With(node, [.. children.Select(c => Copied(c, value))]),
            CallSyntax c => new CallSyntax(c.Function, c.Arguments, c.Place),
            _ => node,
        };
    }
}
