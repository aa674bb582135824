using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>The chain rule: intermediate quantities get names, each its derivative by what it depends on, and these are multiplied.</summary>
internal sealed class ChainRuleView
{
    private readonly DerivationContext _context;
    private readonly string _x;
    private readonly List<DerivationStep> _steps = [];
    private readonly Dictionary<(string Of, string By), (Node Node, SyntaxNode? Syntax, IReadOnlyList<Dimension> Shape, SyntaxNode? Differential)> _partials = [];

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
        foreach (var q in _context.Inner.Append(_context.Function))
        {
            var node = _context.Calculus.NodeOf(q.Value);
            double? error = _context.Proof.DifferenceFrom(new([], [], q.Value, []), point => _context.Calculus.Evaluate(node, point));
            string role = q == _context.Function ? $"{q.Name} is the function itself" : $"Name the inner quantity {q.Name}";
            _steps.Add(new("definition", q.Name, NotationWriter.Write(q.Value), q.Shape.Axes, $"{role}{(q.Inputs.Count == 1 ? $", a function of {q.Inputs[0]}" : "")}.", error, []) { Of = q.Name });
        }
    }

    private IReadOnlyList<DerivationStep> Zero()
    {
        var zero = _context.Calculus.Tensors.Zero([.. _context.Function.Shape.Axes, .. _context.ShapeOf(_x).Axes]);
        _context.Finish(_steps, zero, null, false);
        if (_steps.Count > 0) _steps[^1] = _steps[^1] with { Rule = "constant", Before = NotationWriter.Write(_context.Function.Value), Reason = $"{_x} does not occur in the function: the derivative is zero." };
        return _steps;
    }

    private void Differentiate()
    {
        foreach (var q in _context.Quantities.Reverse())
            foreach (string input in q.Inputs)
            {
                var node = _context.Calculus.Derivative(q, input, keepsValue: q == _context.Function);
                var (text, syntax, shape) = _context.Laid(node, q.Name, input);
                var (differential, inner) = _context.Differential(q.Value, input);
                _partials[(q.Name, input)] = (node, syntax, shape, differential);
                string rule = inner.Count > 0 ? inner[^1].Rule : "identity";
                string others = q.Inputs.Count > 1 ? $"{string.Join(", ", q.Inputs.Where(i => i != input))} {(q.Inputs.Count > 2 ? "are" : "is")} held fast. " : "";
                string reason = differential is null
                    ? $"{others}From the derivative rules of the functions in it."
                    : others + (inner.Count > 0 ? inner[^1].Reason : $"{q.Name} and {input} differ by a constant: they change alike.");
                if (differential is not null) inner = [.. inner, ReadOff(q, input, differential, syntax)];
                _steps.Add(new(rule, NotationWriter.Write(q.Value), text, shape, reason, _context.LocalError(q, input, node), inner) { Of = q.Name, By = input });
            }
    }

    // cos(z).*dz = diag(cos(z))*dz: the differential in the form from which the derivative is read.
    private DerivationStep ReadOff(Quantity q, string input, SyntaxNode differential, SyntaxNode? derivative)
    {
        string d = _context.Differentials[input];
        var (f, x) = (q.Shape, _context.ShapeOf(input));
        SyntaxNode change = new NameSyntax(d);
        SyntaxNode? canonical = derivative is null ? null : (f.Axes.Count, x.Axes.Count) switch
        {
            (0, 2) => new CallSyntax("tr", [Product([Transposed(derivative), change])!]),
            (_, 0) or (0, 1) or (1, 1) when f.Kind != Kind.Row && (x.Kind != Kind.Row || f.IsScalar) => Product([derivative, x.Kind == Kind.Row ? new TransposeSyntax(change) : change]),
            _ => null,
        };
        double? error = canonical is null ? null : _context.Proof.Difference(new([], [], differential, []), new([], [], canonical, []));
        if (error is not <= 1e-6) canonical = null;
        error ??= _context.Proof.Differential(q.Value, new([], [], differential, []), _context.Along([input]));
        string text = NotationWriter.Write(differential);
        return new("read-off", text, canonical is null ? text : NotationWriter.Write(canonical), q.Shape.Axes, Turned(differential, d, f) + Read(f.Axes.Count, x.Axes.Count, d), error, []) { Of = q.Name };
    }

    private string Turned(SyntaxNode differential, string d, Shape shape)
    {
        if (!shape.IsScalar || !SyntaxPieces.All(differential).Any(n => n is TransposeSyntax { Operand: NameSyntax s } && s.Name == d)) return "";
        string[] symmetric = [.. SyntaxPieces.All(differential).OfType<NameSyntax>().Select(n => n.Name).Distinct().Where(n => _context.Solved.Program.FindVariable(n) is { } v && v.Properties.HasFlag(Properties.Symmetric))];
        return $"A number is its own transpose: terms with {d}' are turned round{(symmetric.Length == 0 ? "" : $", and {string.Join(", ", symmetric)} {(symmetric.Length == 1 ? "is" : "are")} symmetric")}. ";
    }

    private static string Read(int f, int x, string d) => (f, x) switch
    {
        (0, 2) => $"In tr(G'*{d}), G is the gradient.",
        _ when f + x > 2 => $"The coefficients of the entries of {d} are the derivative.",
        _ => $"What multiplies {d} is the derivative.",
    };

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
        var function = _context.Function;
        string f = function.Name;
        var factors = users.SelectMany(q => q == _context.Function
            ? (PartialDerivative[])[new(f, name, _partials[(f, name)].Shape)]
            : [new(f, q.Name, _context.Laid(derivatives[q.Name], f, q.Name).Shape), new(q.Name, name, _partials[(q.Name, name)].Shape)]).ToArray();
        string reason = users.Length > 1
            ? $"{name} acts on {f} through {string.Join(" and ", users.Select(q => q == _context.Function ? "itself" : q.Name))}: the contributions are added."
            : "The derivative of the outer function times that of the inner one.";
        if (areVectors || (_context.ShapeOf(name).Axes.Count <= 1 && function.Shape.Axes.Count <= 1 && users.All(q => q == function || q.Shape.Axes.Count <= 1)))
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
            var own = _partials[(q.Name, name)].Differential;
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
        _steps.Add(new("chain-rule", NotationWriter.Write(sum), text, shape,
            $"{reason} d{f} = {(shape.Count == 2 ? $"tr(G'*{d})" : $"g'*{d}")}: factors are moved around the trace until {d} stands last, and what stands before it is the transposed derivative.",
            Math.Max(identity ?? double.PositiveInfinity, error ?? 0), [])
        { Of = f, By = name, Factors = factors });
    }

    private (string Text, SyntaxNode? Syntax, IReadOnlyList<Dimension> Shape) Column(Node total, string name) => _context.Calculus.Write(total) is { } form
        ? (NotationWriter.Write(form.Syntax), form.Syntax, [.. total.Axes])
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
        Kind.Column => Product([Transposed(G), d])!,
        Kind.Row => Product([d, G])!,
        _ => new CallSyntax("tr", [Product([Transposed(G), d])!]),
    };

    private void AddStep(string name, Node total, SyntaxNode? before, PartialDerivative[] factors, string reason)
    {
        string f = _context.Function.Name;
        var (text, syntax, shape) = _context.Laid(total, f, name);
        double? error = before is not null && syntax is not null
            ? _context.Proof.Difference(new([], [], before, []), new([], [], syntax, []))
            : _context.Proof.DifferentialError(Composed(name), point => _context.Applied(total, name, point), _context.Along(name));
        // The same factors in another order are no step.
        if (before is not null && NotationWriter.Write(before) is var unchanged && unchanged.Order().SequenceEqual(text.Order())) text = unchanged;
        if (before is not null && syntax is not null && text != NotationWriter.Write(before)) reason = string.Join(" ", [reason, .. Identities.Between(before, syntax) is { Count: > 0 } done ? done : ["Numbers and divisors are gathered."]]);
        _steps.Add(new("chain-rule", before is null ? string.Join(" . ", factors.Select(p => $"d{p.Of}/d{p.By}")) : NotationWriter.Write(before), text, shape, reason, error, []) { Of = f, By = name, Factors = factors });
    }

    private static SyntaxNode Transposed(SyntaxNode node) => node is TransposeSyntax t ? t.Operand : new TransposeSyntax(node);

    private static SyntaxNode? Product(IReadOnlyList<SyntaxNode?> factors) =>
        factors.Contains(null) ? null : factors.Count == 1 ? factors[0] : new ProductSyntax(factors[0]!, [.. factors.Skip(1).Select(f => new ProductLink(Infix.Multiply, f!))]);
}
