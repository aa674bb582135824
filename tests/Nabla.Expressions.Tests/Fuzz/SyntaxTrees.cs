using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>The pieces of syntax trees, and trees with one piece replaced.</summary>
internal static class SyntaxTrees
{
    /// <summary>The pieces of a tree, from the outside.</summary>
    public static IEnumerable<SyntaxNode> All(SyntaxNode node) => Children(node).SelectMany(All).Prepend(node);

    /// <summary>The direct pieces.</summary>
    public static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        BlockSyntax b => b.Rows.SelectMany(r => r),
        CallSyntax c => c.Arguments,
        IndexSyntax i => i.Indices.OfType<SyntaxNode>().Prepend(i.Operand),
        NegateSyntax n => [n.Operand],
        PowerSyntax p => [p.Base, p.Exponent],
        ProductSyntax p => p.Links.Select(l => l.Operand).Prepend(p.First),
        ReductionSyntax r => [r.Body],
        SumSyntax s => s.Terms.Select(t => t.Operand),
        TransposeSyntax t => [t.Operand],
        _ => [],
    };

    /// <summary>A tree in which every piece that <paramref name="replacement"/> has a value for is replaced.</summary>
    public static SyntaxNode Replace(SyntaxNode node, Func<SyntaxNode, SyntaxNode?> replacement)
    {
        if (replacement(node) is { } other) return other;
        SyntaxNode Again(SyntaxNode n) => Replace(n, replacement);
        return node switch
        {
            BlockSyntax b => new BlockSyntax([.. b.Rows.Select(r => (IReadOnlyList<SyntaxNode>)[.. r.Select(Again)])]),
            CallSyntax c => new CallSyntax(c.Function, [.. c.Arguments.Select(Again)]),
            IndexSyntax i => new IndexSyntax(Again(i.Operand), [.. i.Indices.Select(k => k is null ? null : Again(k))]),
            NegateSyntax n => new NegateSyntax(Again(n.Operand)),
            PowerSyntax p => new PowerSyntax(Again(p.Base), Again(p.Exponent), p.Elementwise),
            ProductSyntax p => new ProductSyntax(Again(p.First), [.. p.Links.Select(l => l with { Operand = Again(l.Operand) })]),
            ReductionSyntax r => new ReductionSyntax(r.Function, r.Indices, Again(r.Body)),
            SumSyntax s => new SumSyntax([.. s.Terms.Select(t => t with { Operand = Again(t.Operand) })]),
            TransposeSyntax t => new TransposeSyntax(Again(t.Operand)),
            _ => node,
        };
    }

    /// <summary>A program in which one piece is replaced, wherever it stands.</summary>
    public static ProgramSyntax Replace(ProgramSyntax program, SyntaxNode piece, SyntaxNode other) => program with
    {
        Bindings = [.. program.Bindings.Select(b => b with { Value = Replace(b.Value, n => ReferenceEquals(n, piece) ? other : null) })],
        Function = Replace(program.Function, n => ReferenceEquals(n, piece) ? other : null),
    };

    /// <summary>A program without its binding of a number: the value stands where the name stood.</summary>
    public static ProgramSyntax Inlined(ProgramSyntax program, int binding)
    {
        var (names, value, _) = program.Bindings[binding];
        SyntaxNode? Value(SyntaxNode n) => n is NameSyntax name && name.Name == names[0] ? value : null;
        return program with
        {
            Bindings = [.. program.Bindings.Where((_, i) => i != binding).Select(b => b with { Value = Replace(b.Value, Value) })],
            Function = Replace(program.Function, Value),
        };
    }
}
