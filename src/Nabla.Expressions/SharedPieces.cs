using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions;

/// <summary>Binds the pieces of a syntax tree that are one object used several times, so that they are computed once.</summary>
internal static class SharedPieces
{
    /// <summary>The program with shared pieces bound to names that are not in use.</summary>
    public static ProgramSyntax Bind(ProgramSyntax program)
    {
        var uses = new Dictionary<SyntaxNode, int>(ReferenceEqualityComparer.Instance);
        var names = new HashSet<string>(program.Declarations.Select(d => d.Name).Concat(program.Bindings.SelectMany(b => b.Names)), StringComparer.Ordinal);
        var order = new List<SyntaxNode>();
        Count(program.Function, uses, names, order);
        if (!order.Any(n => uses[n] > 1 && IsWorthAName(n))) return program;
        var bindings = program.Bindings.ToList();
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>(ReferenceEqualityComparer.Instance);
        int number = 0;
        foreach (var node in order)
        {
            var rebuilt = Rebuild(node, replaced);
            if (uses[node] > 1 && IsWorthAName(node))
            {
                string name;
                do name = $"t{++number}"; while (names.Contains(name));
                bindings.Add(new([name], rebuilt, [default]));
                rebuilt = new NameSyntax(name);
            }
            replaced[node] = rebuilt;
        }
        return program with { Bindings = bindings, Function = replaced[program.Function] };
    }

    private static bool IsWorthAName(SyntaxNode node) => node is not (NameSyntax or NumberSyntax);

    // Operands come before what is made of them; each node once.
    private static void Count(SyntaxNode root, Dictionary<SyntaxNode, int> uses, HashSet<string> names, List<SyntaxNode> order)
    {
        var pending = new Stack<(SyntaxNode Node, bool Done)>();
        pending.Push((root, false));
        while (pending.TryPop(out var next))
        {
            if (next.Done) { order.Add(next.Node); continue; }
            if (uses.TryGetValue(next.Node, out int count)) { uses[next.Node] = count + 1; continue; }
            uses[next.Node] = 1;
            if (next.Node is NameSyntax name) names.Add(name.Name);
            pending.Push((next.Node, true));
            foreach (var child in Children(next.Node)) pending.Push((child, false));
        }
    }

    private static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        SumSyntax s => s.Terms.Select(t => t.Operand),
        ProductSyntax p => p.Links.Select(l => l.Operand).Prepend(p.First),
        NegateSyntax n => [n.Operand],
        PowerSyntax p => [p.Base, p.Exponent],
        TransposeSyntax t => [t.Operand],
        IndexSyntax i => [i.Operand],
        CallSyntax c => c.Arguments,
        _ => [],
    };

    private static SyntaxNode Rebuild(SyntaxNode node, Dictionary<SyntaxNode, SyntaxNode> replaced)
    {
        if (Children(node).All(c => ReferenceEquals(replaced[c], c))) return node;
        return node switch
        {
            SumSyntax s => new SumSyntax([.. s.Terms.Select(t => t with { Operand = replaced[t.Operand] })], s.Place),
            ProductSyntax p => new ProductSyntax(replaced[p.First], [.. p.Links.Select(l => l with { Operand = replaced[l.Operand] })], p.Place),
            NegateSyntax n => new NegateSyntax(replaced[n.Operand], n.Place),
            PowerSyntax p => new PowerSyntax(replaced[p.Base], replaced[p.Exponent], p.Elementwise, p.Place),
            TransposeSyntax t => new TransposeSyntax(replaced[t.Operand], t.Place),
            IndexSyntax i => new IndexSyntax(replaced[i.Operand], i.Indices, i.Place),
            CallSyntax c => new CallSyntax(c.Function, [.. c.Arguments.Select(a => replaced[a])], c.Place),
            _ => node,
        };
    }
}
