using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>Finds the kinds of the names that nobody declares: the defaults, or the smallest number of changes with which all fits.</summary>
/// <remarks>
/// Where a run fails, one of the names in the failing piece must change, so only these are tried, by growing number of changes. That finds
/// every smallest set of changes. The work is bounded; when it is used up, the error of the defaults stands.
/// </remarks>
internal sealed class KindSearch(ProgramSyntax program, Names names, IReadOnlyDictionary<string, GivenShape> given, Func<Dictionary<string, Kind>, Typing> prepare, Work work)
{
    private const long NodeBudget = 2_000_000;
    private const int MostRuns = 2_000;

    private sealed record State(IReadOnlyList<(string Name, Kind Kind)> Changes, IReadOnlyCollection<string> Suspects);

    /// <summary>The typing with the fewest changes, and the names that were changed.</summary>
    /// <param name="defaults">The default kinds.</param>
    /// <exception cref="NablaException">Nothing fits, or several choices do.</exception>
    public (Typing Typing, IReadOnlyList<(string Name, Kind Kind)> Changes) Find(IReadOnlyDictionary<string, Kind> defaults)
    {
        var (typing, error) = Try(defaults, []);
        if (error is null) return (typing, []);
        int runs = (int)Math.Clamp(NodeBudget / (names.Nodes + 20), 20, MostRuns);
        var tried = new HashSet<string>(StringComparer.Ordinal);
        List<State> level = [new([], Suspects(typing))];
        while (level.Count > 0)
        {
            var fits = new List<(Typing Typing, IReadOnlyList<(string Name, Kind Kind)> Changes, int Penalty)>();
            var next = new List<State>();
            foreach (var state in level)
                foreach (string name in state.Suspects)
                {
                    if (state.Changes.Any(c => c.Name == name)) continue;
                    foreach (var kind in Alternatives(name, defaults[name]))
                    {
                        (string Name, Kind Kind)[] changes = [.. state.Changes.Append((Name: name, Kind: kind)).OrderBy(c => c.Name, StringComparer.Ordinal)];
                        if (!tried.Add(string.Join(' ', changes.Select(c => $"{c.Name}:{c.Kind}")))) continue;
                        if (--runs < 0) throw error;
                        work.CheckNow();
                        var (candidate, failure) = Try(defaults, changes);
                        if (failure is null) fits.Add((candidate, changes, changes.Count(c => c.Kind == Kind.Matrix && names.Used[c.Name].UnderPower)));
                        else if (Suspects(candidate) is { Count: > 0 } suspects) next.Add(new(changes, suspects));
                    }
                }
            if (fits.Count > 0) return Choose(fits, error);
            level = next;
        }
        throw error;
    }

    private IEnumerable<Kind> Alternatives(string name, Kind usual)
    {
        if (usual != Kind.Scalar && !names.Used[name].NotScalar) yield return Kind.Scalar;
        if (usual != Kind.Column) yield return Kind.Column;
        if (usual != Kind.Matrix) yield return Kind.Matrix;
    }

    // Names adopted after they were used make a run stale: it is repeated with the kinds that it found.
    private (Typing Typing, NablaException? Error) Try(IReadOnlyDictionary<string, Kind> defaults, IReadOnlyList<(string Name, Kind Kind)> changes)
    {
        var kinds = new Dictionary<string, Kind>(defaults, StringComparer.Ordinal);
        foreach (var (name, kind) in changes) kinds[name] = kind;
        Dictionary<string, SyntaxNode>? adopted = null;
        while (true)
        {
            var typing = prepare(kinds);
            NablaException? error = null;
            try
            {
                typing.Run();
            }
            catch (NablaException e) when (e.Code is ErrorCode.Shape or ErrorCode.Kind or ErrorCode.Ambiguous)
            {
                error = e;
            }
            if (adopted is not null) foreach (var (name, node) in adopted) typing.Adopted.TryAdd(name, node);
            if (!typing.IsStale) return (typing, error);
            adopted = typing.Adopted;
            kinds = new(typing.Kinds, StringComparer.Ordinal);
            work.CheckNow();
        }
    }

    private static (Typing, IReadOnlyList<(string, Kind)>) Choose(List<(Typing Typing, IReadOnlyList<(string Name, Kind Kind)> Changes, int Penalty)> fits, NablaException error)
    {
        int least = fits.Min(f => f.Penalty);
        var best = fits.Where(f => f.Penalty == least).ToList();
        if (best.Count == 1) return (best[0].Typing, best[0].Changes);
        string choices = string.Join("; or ", best.Take(4).Select(f => string.Join(" and ", f.Changes.Select(c => $"{c.Name} as a {Word(c.Kind)}"))));
        string declare = string.Join(", ", best.SelectMany(f => f.Changes).Select(c => c.Name).Distinct().Take(4));
        throw new NablaException(ErrorCode.Ambiguous,
            $"The default kinds do not fit together, and several choices do: {choices}{(best.Count > 4 ? "; and more" : "")}. Declare {declare}, as in {Example(best[0].Changes[0])}. With the defaults: {error.Message}", error.Place);
    }

    private static string Word(Kind kind) => kind switch { Kind.Scalar => "scalar", Kind.Column => "vector", Kind.Row => "row", _ => "matrix" };

    private static string Example((string Name, Kind Kind) change) => change.Kind switch
    {
        Kind.Scalar => $"{change.Name} in R",
        Kind.Column => $"{change.Name} in R^n",
        _ => $"{change.Name} in R^(m x n)",
    };

    // The names whose kinds the failing piece depends on: those in it, in what is bound in it, and in what made it adopt a shape.
    private IReadOnlyCollection<string> Suspects(Typing typing)
    {
        var suspects = new List<string>();
        if (typing.Site is null) return suspects;
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SyntaxNode>();
        Push(open, typing.Site, typing.SiteCount);
        while (open.TryPop(out var node))
        {
            work.Check();
            if (node is not NameSyntax { Name: var name })
            {
                Push(open, node, int.MaxValue);
                continue;
            }
            if (!visited.Add(name)) continue;
            if (typing.Kinds.ContainsKey(name) && !given.ContainsKey(name)) suspects.Add(name);
            if (names.Bound.TryGetValue(name, out var value)) open.Push(value ?? Several(name));
            if (typing.Adopted.TryGetValue(name, out var adopter)) open.Push(adopter);
        }
        return suspects;
    }

    private SyntaxNode Several(string name) => program.Bindings.First(b => b.Names.Contains(name)).Value;

    private static void Push(Stack<SyntaxNode> open, SyntaxNode node, int count)
    {
        switch (node)
        {
            case NameSyntax:
                open.Push(node);
                break;
            case SumSyntax sum:
                for (int i = Math.Min(count, sum.Terms.Count) - 1; i >= 0; i--) open.Push(sum.Terms[i].Operand);
                break;
            case ProductSyntax product:
                for (int i = Math.Min(count - 1, product.Links.Count) - 1; i >= 0; i--) open.Push(product.Links[i].Operand);
                open.Push(product.First);
                break;
            case NegateSyntax negate:
                open.Push(negate.Operand);
                break;
            case TransposeSyntax transpose:
                open.Push(transpose.Operand);
                break;
            case PowerSyntax power:
                open.Push(power.Exponent);
                open.Push(power.Base);
                break;
            case IndexSyntax index:
                open.Push(index.Operand);
                break;
            case ReductionSyntax reduction:
                open.Push(reduction.Body);
                break;
            case CallSyntax call:
                for (int i = call.Arguments.Count - 1; i >= 0; i--) open.Push(call.Arguments[i]);
                break;
            case BlockSyntax block:
                foreach (var row in block.Rows.Reverse())
                    for (int i = row.Count - 1; i >= 0; i--) open.Push(row[i]);
                break;
        }
    }
}
