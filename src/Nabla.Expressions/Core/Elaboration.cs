using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>Turns a typed program into tensors: each operator by its definition, sums and products of chains in one step.</summary>
internal sealed class Elaboration
{
    private readonly TypedProgram _program;
    private readonly Tensors _tensors;
    private readonly Dictionary<string, Term> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<Dimension> _ranges = [];

    private Elaboration(TypedProgram program, Tensors tensors) => (_program, _tensors) = (program, tensors);

    /// <summary>The tensors of the bindings that are needed, by name, and of the function.</summary>
    public static (IReadOnlyDictionary<string, Node> Bindings, Node Function) Elaborate(TypedProgram program, Tensors tensors)
    {
        try
        {
            return new Elaboration(program, tensors).Run();
        }
        catch (NablaException e) when (e.Place is null && !tensors.Work.IsOver)
        {
            throw e.At(tensors.Place);
        }
    }

    private (IReadOnlyDictionary<string, Node> Bindings, Node Function) Run()
    {
        var (program, tensors) = (_program, _tensors);
        foreach (var v in program.Variables) _names[v.Name] = new(tensors.Symbol(v.Name, v.Shape.Axes, tensors.PropertiesOf(v)), []);
        foreach (var binding in program.Needs.Bindings)
        {
            if (binding.Names.Count > 1) throw Several(binding);
            _names[binding.Names[0]] = Visit(binding.Value);
        }
        var function = Visit(program.Syntax.Function).Node;
        var bindings = program.Syntax.Bindings.Where(b => b.Names.Count == 1 && _names.ContainsKey(b.Names[0])).ToDictionary(b => b.Names[0], b => _names[b.Names[0]].Node, StringComparer.Ordinal);
        return (bindings, function);
    }

    private static NablaException Several(Binding binding) => new(
        ErrorCode.Unsupported, $"{(binding.Value as CallSyntax)?.Function ?? "The function"} has several values and no derivative rule: it is there for values only.", binding.Value.Place);

    private Term Visit(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Visit(node));
        _tensors.Work.Check();
        return node switch
        {
            NumberSyntax n => new(_tensors.Constant(n.Value, []), []),
            NameSyntax n => Name(n),
            NegateSyntax n => Visit(n.Operand) is var x ? x with { Node = _tensors.Scale(-1, x.Node) } : default,
            SumSyntax s => Sum(s),
            ProductSyntax p => Product(p),
            PowerSyntax p => Define(p, p.Elementwise ? ".^" : "^", p.Place, [p.Base, p.Exponent]),
            TransposeSyntax t => Define(t, "'", t.Place, [t.Operand]),
            IndexSyntax i => Index(i),
            CallSyntax c => Define(c, c.Function, c.Place, c.Arguments),
            ReductionSyntax r => Reduction(r),
            BlockSyntax b => Block(b),
            _ => throw new NablaException(ErrorCode.Internal, $"There is no tensor for {node.GetType().Name}.", node.Place),
        };
    }

    private Term Name(NameSyntax n)
    {
        if (_names.TryGetValue(n.Name, out var term)) return term;
        if (n.Name == "pi") return new(_tensors.Pi, []);
        throw new NablaException(ErrorCode.Name, $"{n.Name} is not known here.", n.Place);
    }

    private Term Sum(SumSyntax sum)
    {
        var terms = new Term[sum.Terms.Count];
        for (int i = 0; i < terms.Length; i++) terms[i] = Visit(sum.Terms[i].Operand);
        _tensors.Place = sum.Place;
        var (indices, nodes, axes) = Definition(sum, [], [], []).Aligned(terms);
        var list = new List<(Coefficient, Node)>(nodes.Length);
        for (int i = 0; i < nodes.Length; i++) list.Add((sum.Terms[i].Negative ? -1 : 1, nodes[i]));
        return new(_tensors.Sum(list, axes), indices);
    }

    private Term Product(ProductSyntax product)
    {
        var value = Visit(product.First);
        var shape = _program.ShapeOf(product.First);
        for (int i = 0; i < product.Links.Count; i++)
        {
            var link = product.Links[i];
            var right = Visit(link.Operand);
            var rightShape = _program.ShapeOf(link.Operand);
            string sign = link.Operator switch { Infix.Multiply => "*", Infix.Hadamard => ".*", Infix.Divide => "/", Infix.ElementwiseDivide => "./", Infix.Solve => "\\", _ => "⊗" };
            var result = _program.ShapeOf(product, i);
            value = Apply(sign, link.Place, new Definition(_tensors, k => _ranges[k], [value, right], [shape, rightShape], [null, Constants.Of(link.Operand)], result));
            shape = result;
        }
        return value;
    }

    private Term Define(SyntaxNode node, string name, Place place, IReadOnlyList<SyntaxNode> arguments)
    {
        var function = OperatorTable.Find(name)!;
        var terms = function.TakesSizes ? [] : arguments.Select(Visit).ToArray();
        var shapes = function.TakesSizes ? new Shape[arguments.Count] : [.. arguments.Select(_program.ShapeOf)];
        return Apply(name, place, Definition(node, terms, shapes, [.. arguments.Select(Constants.Of)]));
    }

    private Definition Definition(SyntaxNode node, Term[] terms, Shape[] shapes, Coefficient?[] literals) =>
        new(_tensors, k => _ranges[k], terms, shapes, literals, _program.ShapeOf(node));

    private Term Apply(string name, Place place, Definition definition)
    {
        _tensors.Place = place;
        return OperatorTable.Find(name)!.Define(definition);
    }

    private Term Index(IndexSyntax index)
    {
        var operand = Visit(index.Operand);
        _tensors.Place = index.Place;
        var c = new Contraction(_tensors);
        var free = new SortedDictionary<int, int>();
        var labels = new List<int>();
        int Free(int k) => free.TryGetValue(k, out int label) ? label : free[k] = c.Label(_ranges[k]);
        foreach (int k in operand.Indices) labels.Add(Free(k));
        var result = new List<int>();
        for (int a = 0; a < index.Indices.Count; a++)
        {
            var size = operand.Node.Axes[operand.Indices.Count + a];
            switch (index.Indices[a])
            {
                case null:
                    labels.Add(c.Label(size));
                    result.Add(labels[^1]);
                    break;
                case NameSyntax name when _indices.TryGetValue(name.Name, out int k):
                    labels.Add(Free(k));
                    break;
                case { } number:
                    labels.Add(c.Label(size));
                    c.Multiply(_tensors.Unit(size, (long)Constants.Of(number)!.Value.Numerator), labels[^1]);
                    break;
            }
        }
        c.Multiply(operand.Node, [.. labels]);
        return new(c.Build([.. free.Values, .. result]), [.. free.Keys]);
    }

    private Term Reduction(ReductionSyntax reduction)
    {
        var outer = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (string name in reduction.Indices)
        {
            outer[name] = _indices.TryGetValue(name, out int k) ? k : null;
            _indices[name] = _ranges.Count;
            _ranges.Add(_program.RangeOf(reduction, name));
        }
        var own = reduction.Indices.Select(n => _indices[n]).ToHashSet();
        var body = Visit(reduction.Body);
        foreach (var (name, k) in outer)
            if (k is { } before) _indices[name] = before;
            else _indices.Remove(name);
        _tensors.Place = reduction.Place;
        return reduction.Function == "prod" ? Prod(body, own) : Total(body, own);
    }

    private Term Total(Term body, HashSet<int> own)
    {
        var c = new Contraction(_tensors);
        int[] labels = c.LabelsFor(body.Node);
        c.Multiply(body.Node, labels);
        foreach (int k in own) if (!body.Indices.Contains(k)) c.Label(_ranges[k]);
        int[] kept = [.. Enumerable.Range(0, labels.Length).Where(a => a >= body.Indices.Count || !own.Contains(body.Indices[a])).Select(a => labels[a])];
        return new(c.Build(kept), [.. body.Indices.Where(k => !own.Contains(k))]);
    }

    private Term Prod(Term body, HashSet<int> own)
    {
        // The bound indices go last; the function acts on them, one after the other.
        foreach (int k in own.OrderByDescending(k => k))
        {
            var c = new Contraction(_tensors);
            int[] labels = c.LabelsFor(body.Node);
            c.Multiply(body.Node, labels);
            int at = body.Indices.ToList().IndexOf(k);
            int last = at >= 0 ? labels[at] : c.Label(_ranges[k]);
            var turned = c.Build([.. labels.Where((_, a) => a != at), last]);
            body = new(_tensors.Apply((TensorOperator)OperatorTable.Find("prod")!, turned, 1), [.. body.Indices.Where(x => x != k)]);
        }
        return body;
    }

    private Term Block(BlockSyntax block)
    {
        var shape = _program.ShapeOf(block);
        if (Constants.Entries(block) is { } entries) return new(_tensors.Literal(entries, [.. shape.Axes]), []);
        var rowParts = block.Rows.Select(r => _program.ShapeOf(r[0]).Rows).ToArray();
        var terms = new List<Term>();
        for (int r = 0; r < block.Rows.Count; r++)
        {
            var columnParts = block.Rows[r].Select(x => _program.ShapeOf(x).Columns).ToArray();
            for (int s = 0; s < columnParts.Length; s++)
            {
                var piece = Visit(block.Rows[r][s]);
                terms.Add(Placed(piece, _program.ShapeOf(block.Rows[r][s]), rowParts, r, columnParts, s, shape));
            }
        }
        var (indices, nodes, axes) = Definition(block, [], [], []).Aligned([.. terms]);
        return new(_tensors.Sum([.. nodes.Select(n => ((Coefficient)1, n))], axes), indices);
    }

    // A block in its place: embedded on both sides; along an axis that the block lacks, by a unit vector or a part of size 1.
    private Term Placed(Term piece, Shape shape, Dimension[] rows, int r, Dimension[] columns, int s, Shape whole)
    {
        var c = new Contraction(_tensors);
        int[] labels = c.LabelsFor(piece.Node);
        c.Multiply(piece.Node, labels);
        int[] value = labels[piece.Indices.Count..];
        int? rowLabel = shape.Kind is Kind.Matrix or Kind.Column ? value[0] : null;
        int? columnLabel = shape.Kind is Kind.Matrix ? value[1] : shape.Kind is Kind.Row ? value[0] : null;
        var result = new List<int>(labels[..piece.Indices.Count]);
        if (whole.Kind is Kind.Matrix or Kind.Column) result.Add(Along(c, rowLabel, rows, r));
        if (whole.Kind is Kind.Matrix or Kind.Row) result.Add(Along(c, columnLabel, columns, s));
        return new(c.Build([.. result]), piece.Indices);
    }

    private int Along(Contraction c, int? label, Dimension[] parts, int part)
    {
        if (label is { } whole && parts.Length == 1) return whole;
        long? offset = 0;
        foreach (var before in parts.Take(part)) offset += before.Size;
        if (label is null && offset is { } known)
        {
            // A single row or column at a known place.
            int place = c.Label(parts.Aggregate((a, b) => a + b));
            c.Multiply(_tensors.Unit(parts.Aggregate((a, b) => a + b), known + 1), place);
            return place;
        }
        var embedding = _tensors.Embed(parts, part);
        int outer = c.Label(embedding.Axes[0]);
        c.Multiply(embedding, outer, label ?? c.Label(embedding.Axes[1]));
        return outer;
    }
}
