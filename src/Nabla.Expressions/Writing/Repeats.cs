using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Names pieces of text that recur, such as <c>eye(rows(x))</c>: what the core does not see as a tensor of its own.</summary>
internal static class Repeats
{
    private const int LeastTokens = 4;

    /// <summary>The program with pieces named as long as that makes it shorter.</summary>
    /// <param name="program">The program that was written.</param>
    /// <param name="taken">The names that are in use.</param>
    public static ProgramSyntax Name(ProgramSyntax program, IReadOnlySet<string> taken)
    {
        var used = taken.Concat(program.Bindings.SelectMany(b => b.Names)).ToHashSet(StringComparer.Ordinal);
        foreach (var piece in program.Bindings.Select(b => b.Value).Append(program.Function)) Indices(piece, used);
        for (int length = Tokens(program); length > 12;)
        {
            ProgramSyntax? better = null;
            foreach (var (piece, text) in Candidates(program))
            {
                string name = Fresh(piece, used);
                var changed = Replace(program, text, piece, name);
                if (Tokens(changed) is var tokens && tokens < length) (better, length) = (changed, tokens);
            }
            if (better is null) break;
            program = better;
            used.UnionWith(program.Bindings.SelectMany(b => b.Names));
        }
        return program;
    }

    // An index hides a binding of its name.
    private static void Indices(SyntaxNode node, HashSet<string> used)
    {
        if (node is ReductionSyntax reduction) used.UnionWith(reduction.Indices);
        foreach (var child in Children(node)) Indices(child, used);
    }

    /// <summary>The number of tokens of a program.</summary>
    public static int Tokens(ProgramSyntax program) => Tokens(NotationWriter.Write(program));

    private static int Tokens(string text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; count++)
        {
            if (char.IsWhiteSpace(text[i])) { i++; count--; continue; }
            if (char.IsLetter(text[i])) { while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_')) i++; continue; }
            if (char.IsDigit(text[i]))
            {
                while (i < text.Length && (char.IsDigit(text[i]) || (text[i] == '.' && i + 1 < text.Length && char.IsDigit(text[i + 1])))) i++;
                continue;
            }
            i += text[i] == '.' && i + 1 < text.Length && text[i + 1] is '*' or '/' or '^' ? 2 : 1;
        }
        return count;
    }

    private static IEnumerable<(SyntaxNode Piece, string Text)> Candidates(ProgramSyntax program)
    {
        var count = new Dictionary<string, (SyntaxNode Piece, int Count)>(StringComparer.Ordinal);
        void Visit(SyntaxNode node, bool inside)
        {
            // Within a sum over indices only identities are free of the indices for certain.
            if (inside ? node is CallSyntax { Function: "eye" } : node is CallSyntax or SumSyntax or ProductSyntax or PowerSyntax or IndexSyntax)
            {
                string text = NotationWriter.Write(node);
                count[text] = (node, count.GetValueOrDefault(text).Count + 1);
            }
            foreach (var child in Children(node)) Visit(child, inside || node is ReductionSyntax);
        }
        foreach (var b in program.Bindings) Visit(b.Value, false);
        Visit(program.Function, false);
        return count.Where(c => c.Value.Count > 1 && Tokens(c.Key) >= LeastTokens)
            .OrderByDescending(c => c.Value.Count * (Tokens(c.Key) - 1) - Tokens(c.Key)).Take(6).Select(c => (c.Value.Piece, c.Key)).ToArray();
    }

    private static ProgramSyntax Replace(ProgramSyntax program, string text, SyntaxNode piece, string name)
    {
        var bindings = new List<Binding>();
        bool bound = false;
        foreach (var b in program.Bindings)
        {
            var value = Replace(b.Value, text, name);
            if (!bound && !ReferenceEquals(value, b.Value))
            {
                bindings.Add(new([name], piece, [default]));
                bound = true;
            }
            bindings.Add(b with { Value = value });
        }
        if (!bound) bindings.Add(new([name], piece, [default]));
        return program with { Bindings = bindings, Function = Replace(program.Function, text, name) };
    }

    private static SyntaxNode Replace(SyntaxNode node, string text, string name)
    {
        if (node is CallSyntax or SumSyntax or ProductSyntax or PowerSyntax or IndexSyntax && NotationWriter.Write(node) == text) return new NameSyntax(name);
        SyntaxNode Inner(SyntaxNode child) => Replace(child, text, name);
        switch (node)
        {
            case SumSyntax s:
                var terms = s.Terms.Select(t => t with { Operand = Inner(t.Operand) }).ToArray();
                return terms.SequenceEqual(s.Terms) ? s : new SumSyntax(terms, s.Place);
            case ProductSyntax p:
                var (first, links) = (Inner(p.First), p.Links.Select(l => l with { Operand = Inner(l.Operand) }).ToArray());
                return ReferenceEquals(first, p.First) && links.SequenceEqual(p.Links) ? p : new ProductSyntax(first, links, p.Place);
            case NegateSyntax n:
                return Inner(n.Operand) is var x && ReferenceEquals(x, n.Operand) ? n : new NegateSyntax(x, n.Place);
            case PowerSyntax p:
                return Inner(p.Base) is var b && ReferenceEquals(b, p.Base) ? p : new PowerSyntax(b, p.Exponent, p.Elementwise, p.Place);
            case TransposeSyntax t:
                return Inner(t.Operand) is var y && ReferenceEquals(y, t.Operand) ? t : new TransposeSyntax(y, t.Place);
            case IndexSyntax i:
                return Inner(i.Operand) is var z && ReferenceEquals(z, i.Operand) ? i : new IndexSyntax(z, i.Indices, i.Place);
            case ReductionSyntax r:
                return Inner(r.Body) is var body && ReferenceEquals(body, r.Body) ? r : new ReductionSyntax(r.Function, r.Indices, body, r.Place);
            case CallSyntax c:
                var arguments = c.Arguments.Select(Inner).ToArray();
                return arguments.SequenceEqual(c.Arguments) ? c : new CallSyntax(c.Function, arguments, c.Place);
            default:
                return node;
        }
    }

    private static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        SumSyntax s => s.Terms.Select(t => t.Operand),
        ProductSyntax p => p.Links.Select(l => l.Operand).Prepend(p.First),
        NegateSyntax n => [n.Operand],
        PowerSyntax p => [p.Base],
        TransposeSyntax t => [t.Operand],
        IndexSyntax i => [i.Operand],
        ReductionSyntax r => [r.Body],
        CallSyntax { Function: not ("eye" or "ones" or "zeros") } c => c.Arguments,
        _ => [],
    };

    private static string Fresh(SyntaxNode piece, HashSet<string> used)
    {
        string[] wanted = piece switch { CallSyntax { Function: "eye" } => ["E", "I"], CallSyntax { Function: "ones" } => ["o"], _ => ["p", "q", "r", "t"] };
        foreach (string w in wanted) if (!used.Contains(w)) return w;
        for (int k = 1; ; k++) if (!used.Contains(wanted[0] + k)) return wanted[0] + k;
    }
}
