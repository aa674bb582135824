using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using TextWriter = Nabla.Expressions.Writing.TextWriter;

namespace Nabla.Expressions.Explanation;

/// <summary>The chain rule: intermediate quantities get names, each its derivative by what it depends on, and these are multiplied.</summary>
internal sealed class ChainRuleView
{
    private readonly DerivationContext _context;
    private readonly string _x;
    private readonly List<DerivationStep> _steps = [];
    private readonly Dictionary<(string Of, string By), (Node Node, SyntaxNode? Syntax, IReadOnlyList<Dimension> Shape)> _partials = [];

    private ChainRuleView(DerivationContext context) => (_context, _x) = (context, context.Solved.Variable.Name);

    /// <summary>The steps.</summary>
    public static IReadOnlyList<DerivationStep> Of(DerivationContext context)
    {
        var view = new ChainRuleView(context);
        view.Name();
        if (context.Function.Inputs.Count == 0) return view.Zero();
        view.Differentiate();
        view.Multiply();
        return view._steps;
    }

    private void Name()
    {
        foreach (var q in _context.Inner)
        {
            var node = _context.Calculus.NodeOf(q.Value);
            double? error = _context.Proof.DifferenceFrom(new([], [], q.Value, []), point => _context.Calculus.Evaluate(node, point));
            _steps.Add(new("definition", q.Name, TextWriter.Write(q.Value), q.Shape.Axes, $"Name the inner quantity {q.Name}{(q.Inputs.Count == 1 ? $", a function of {q.Inputs[0]}" : "")}.", error, []) { Of = q.Name });
        }
    }

    private IReadOnlyList<DerivationStep> Zero()
    {
        var zero = _context.Calculus.Tensors.Zero([.. _context.Function.Shape.Axes, .. _context.ShapeOf(_x).Axes]);
        _context.Finish(_steps, zero, null, false);
        if (_steps.Count > 0) _steps[^1] = _steps[^1] with { Rule = "constant", Before = TextWriter.Write(_context.Function.Value), Reason = $"{_x} does not occur in the function: the derivative is zero." };
        return _steps;
    }

    private void Differentiate()
    {
        foreach (var q in _context.Quantities)
            foreach (string input in q.Inputs)
            {
                var node = _context.Calculus.Derivative(q.Value, input);
                var (text, syntax, shape) = _context.Laid(node, q.Name, input);
                _partials[(q.Name, input)] = (node, syntax, shape);
                var (differential, inner) = _context.Differential(q.Value, input);
                string rule = inner.Count > 0 ? inner[^1].Rule : "identity";
                string reason = differential is null
                    ? $"From the derivative rules of the functions in it, {input} changing alone."
                    : Read(q, input, TextWriter.Write(differential));
                _steps.Add(new(rule, TextWriter.Write(q.Value), text, shape, reason, _context.LocalError(q, input, node), inner) { Of = q.Name, By = input });
            }
    }

    private string Read(Quantity q, string input, string differential)
    {
        string others = q.Inputs.Count > 1 ? $" with {string.Join(", ", q.Inputs.Where(i => i != input))} held fast" : "";
        var (f, x) = (q.Shape.Axes.Count, _context.ShapeOf(input).Axes.Count);
        string read = x switch
        {
            2 when f == 0 => $"d{q.Name} = tr(G'*{_context.Differentials[input]}) has the gradient G",
            _ when f + x > 2 => "its entries are the coefficients",
            _ => $"what multiplies {_context.Differentials[input]} is the derivative",
        };
        return $"d{q.Name} = {differential}{others}: {read}.";
    }

    private void Multiply()
    {
        var function = _context.Function;
        bool areVectors = _context.Quantities.All(q => q.Inputs.Count == 0 || q.Shape.Axes.Count <= 1) && _context.ShapeOf(_x).Axes.Count <= 1;
        var derivatives = new Dictionary<string, Node>(StringComparer.Ordinal);
        bool isPath = areVectors && _context.Quantities.All(q => q.Inputs.Count <= 1) && _context.Inner.All(q => _context.Quantities.Count(p => p.Inputs.Contains(q.Name)) == 1);
        foreach (string name in _context.Inner.Select(q => q.Name).Reverse().Append(_x))
        {
            var users = _context.Quantities.Where(q => q.Inputs.Contains(name) && (q == function || derivatives.ContainsKey(q.Name))).ToArray();
            if (users.Length == 0) continue;
            var terms = users.Select(q => ((Coefficient)1, q == function
                ? _partials[(q.Name, name)].Node
                : _context.Calculus.Chain(derivatives[q.Name], _partials[(q.Name, name)].Node, q.Shape.Axes.Count))).ToList();
            var total = _context.Calculus.Tensors.Sum(terms, terms[0].Item2.Axes);
            derivatives[name] = total;
            if (users is [var only] && only == function) continue;
            if (isPath && name != _x) continue;
            if (isPath) AddPath(name, total);
            else Add(name, users, total, derivatives, areVectors);
        }
        var found = derivatives[_x];
        var (_, syntax, _) = _context.Laid(found, function.Name, _x);
        _context.Finish(_steps, found, syntax, function.Shape.IsScalar && _context.ShapeOf(_x).Axes.Count == 1);
    }

    // df/dz*dz/dy*dy/dx in one line.
    private void AddPath(string name, Node total)
    {
        var path = new List<Quantity> { _context.Function };
        while (path[^1].Inputs[0] != name) path.Add(_context.Quantities.First(q => q.Name == path[^1].Inputs[0]));
        AddStep(name, total, Product([.. path.Select(q => _partials[(q.Name, q.Inputs[0])].Syntax)]),
            [.. path.Select(q => new PartialDerivative(q.Name, q.Inputs[0], _partials[(q.Name, q.Inputs[0])].Shape))], "Multiply the partial derivatives from the outermost to the innermost; inner dimensions agree.");
    }

    private void Add(string name, Quantity[] users, Node total, Dictionary<string, Node> derivatives, bool areVectors)
    {
        string f = _context.Function.Name;
        var factors = users.SelectMany(q => q == _context.Function
            ? (PartialDerivative[])[new(f, name, _partials[(f, name)].Shape)]
            : [new(f, q.Name, _context.Laid(derivatives[q.Name], f, q.Name).Shape), new(q.Name, name, _partials[(q.Name, name)].Shape)]).ToArray();
        string reason = users.Length > 1
            ? $"{name} acts on {f} through {string.Join(" and ", users.Select(q => q == _context.Function ? "itself" : q.Name))}: the contributions are added."
            : "The derivative of the outer function times that of the inner one.";
        if (areVectors)
        {
            var terms = users.Select(q => q == _context.Function
                ? _partials[(f, name)].Syntax
                : Product([_context.Laid(derivatives[q.Name], f, q.Name).Syntax, _partials[(q.Name, name)].Syntax])).ToArray();
            AddStep(name, total, terms.Contains(null) ? null : terms.Length == 1 ? terms[0] : new SumSyntax([.. terms.Select(t => new SumTerm(false, t!))]), factors, reason);
            return;
        }
        AddDifferential(name, users, total, derivatives, factors, reason);
    }

    // Matrices have no product of derivatives that is a matrix: df = sum tr((df/dZ)'*dZ), and what multiplies dX is the derivative.
    private void AddDifferential(string name, Quantity[] users, Node total, Dictionary<string, Node> derivatives, PartialDerivative[] factors, string reason)
    {
        string f = _context.Function.Name, d = _context.Differentials[name];
        var terms = new List<SyntaxNode?>();
        foreach (var q in users)
        {
            var (own, _) = _context.Differential(q.Value, name);
            if (q == _context.Function) terms.Add(own);
            else terms.Add(own is null || !_context.Function.Shape.IsScalar || _context.Calculus.Write(derivatives[q.Name]) is not { } G ? null : Inner(G.Syntax, own, q.Shape));
        }
        var (text, _, shape) = _context.ShapeOf(name).Axes.Count == 1 ? Column(total, name) : _context.Laid(total, f, name);
        double? error = _context.Proof.DifferentialError(Composed(name), point => _context.Applied(total, name, point), _context.Along(name));
        if (terms.Contains(null))
        {
            string product = string.Join(" + ", users.Select(q => q == _context.Function ? $"d{f}/d{name}" : $"d{f}/d{q.Name} . d{q.Name}/d{name}"));
            _steps.Add(new("chain-rule", product, text, shape, $"{reason} The product is summed over the indices of the quantity between.", error, []) { Of = f, By = name, Factors = factors });
            return;
        }
        SyntaxNode sum = terms.Count == 1 ? terms[0]! : new SumSyntax([.. terms.Select(t => new SumTerm(false, t!))]);
        double? identity = _context.Proof.DifferenceFrom(new([], [], sum, []), point => _context.Applied(total, name, point));
        _steps.Add(new("chain-rule", TextWriter.Write(sum), text, shape,
            $"{reason} d{f} = {(shape.Count == 2 ? $"tr(G'*{d})" : $"g'*{d}")}: factors are moved around the trace until {d} stands last, and what stands before it is the transposed derivative.",
            Math.Max(identity ?? double.PositiveInfinity, error ?? 0), []) { Of = f, By = name, Factors = factors });
    }

    private (string Text, SyntaxNode? Syntax, IReadOnlyList<Dimension> Shape) Column(Node total, string name) => _context.Calculus.Write(total) is { } form
        ? (TextWriter.Write(form.Syntax), form.Syntax, [.. total.Axes])
        : _context.Laid(total, _context.Function.Name, name);

    // The function as one expression of a name and what does not depend on it.
    private SyntaxNode Composed(string name)
    {
        var value = _context.Function.Value;
        var later = _context.Quantities.SkipWhile(q => q.Name != name && name != _x).Where(q => q != _context.Function && q.Name != name).Reverse();
        foreach (var q in later) value = SyntaxPieces.Replace(value, n => n is NameSyntax s && s.Name == q.Name ? q.Value : null);
        return value;
    }

    private static SyntaxNode Inner(SyntaxNode G, SyntaxNode d, Shape shape) => shape.Kind switch
    {
        Kind.Scalar => Product([G, d])!,
        Kind.Column => Product([new TransposeSyntax(G), d])!,
        Kind.Row => Product([d, G])!,
        _ => new CallSyntax("tr", [Product([new TransposeSyntax(G), d])!]),
    };

    private void AddStep(string name, Node total, SyntaxNode? before, PartialDerivative[] factors, string reason)
    {
        string f = _context.Function.Name;
        var (text, syntax, shape) = _context.Laid(total, f, name);
        double? error = before is not null && syntax is not null
            ? _context.Proof.Difference(new([], [], before, []), new([], [], syntax, []))
            : _context.Proof.DifferentialError(Composed(name), point => _context.Applied(total, name, point), _context.Along(name));
        _steps.Add(new("chain-rule", before is null ? string.Join(" . ", factors.Select(p => $"d{p.Of}/d{p.By}")) : TextWriter.Write(before), text, shape, reason, error, []) { Of = f, By = name, Factors = factors });
    }

    private static SyntaxNode? Product(IReadOnlyList<SyntaxNode?> factors) =>
        factors.Contains(null) ? null : factors.Count == 1 ? factors[0] : new ProductSyntax(factors[0]!, [.. factors.Skip(1).Select(f => new ProductLink(Infix.Multiply, f!))]);
}
