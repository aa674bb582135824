using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>Pushes <c>d</c> inwards through an expression, a rule at a time: <c>d(x'*A*x) = dx'*A*x + x'*A*dx</c>.</summary>
/// <remarks>Magnus and Neudecker (2019), chapters 8 and 9. Every step is compared with differences; where a rule fails, the core's own differential is taken.</remarks>
/// <param name="proof">Checks the steps.</param>
/// <param name="differentials">The names that change, with the names of their differentials.</param>
/// <param name="core">The differential of a piece as the core finds it; null where no matrix expression holds it.</param>
internal sealed class Differentials(StepProof proof, IReadOnlyDictionary<string, string> differentials, Func<SyntaxNode, SyntaxNode?> core)
{
    private const double Tolerance = 1e-6;
    private const int MostPieces = 250;

    private TypedProgram _typed = null!;
    private int _indexed;

    /// <summary>The differential of an expression, null if it is zero, with the steps to it.</summary>
    /// <exception cref="NablaException">Neither a rule nor the core gives a differential in matrix notation (<see cref="ErrorCode.Unsupported"/>).</exception>
    public (SyntaxNode? Differential, IReadOnlyList<DerivationStep> Steps) Of(SyntaxNode expression)
    {
        _typed = proof.Type(expression);
        var steps = new List<DerivationStep>();
        if (!Depends(expression)) return (null, steps);
        if (SyntaxPieces.All(expression).Count > MostPieces)
        {
            var whole = core(expression) ?? throw NoForm(expression);
            steps.Add(Step(expression, whole, "core", "The expression is too long to be told piece by piece; the core's differential was compared with differences.", [])!);
            return (whole, steps);
        }
        return (Visit(expression, steps), steps);
    }

    private static NablaException NoForm(SyntaxNode expression) =>
        new(ErrorCode.Unsupported, $"The differential of {NotationWriter.Write(expression)} has no matrix expression.", expression.Place);

    private bool Depends(SyntaxNode node)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(node, used);
        return used.Overlaps(differentials.Keys);
    }

    private bool IsScalar(SyntaxNode node) => _typed.ShapeOf(node).IsScalar;

    private SyntaxNode? Visit(SyntaxNode node, List<DerivationStep> into)
    {
        if (!Depends(node)) return null;
        if (node is NameSyntax name) return new NameSyntax(differentials[name.Name]);
        var inner = new List<DerivationStep>();
        var (differential, rule, reason) = ByRule(node, inner);
        if (_indexed > 0) return differential ?? throw NoForm(node);
        var step = differential is null ? null : Step(node, differential, rule, reason, inner);
        if (step?.MaxRelativeError is null or > Tolerance)
        {
            differential = core(node) ?? throw NoForm(node);
            step = Step(node, differential, "operator-rule", "The derivative rule of the function, as the core applies it.", []);
        }
        into.Add(step!);
        return differential;
    }

    private DerivationStep Step(SyntaxNode node, SyntaxNode differential, string rule, string reason, IReadOnlyList<DerivationStep> inner) => new(
        rule, NotationWriter.Write(node), NotationWriter.Write(differential), _typed.ShapeOf(node).Axes, reason,
        proof.Differential(node, new([], [], differential, []), differentials), inner)
    {
        IsTrivial = rule is "sum-rule" or "constant-factor" or "linear-function" or "transpose",
    };

    private (SyntaxNode? Differential, string Rule, string Reason) ByRule(SyntaxNode node, List<DerivationStep> inner)
    {
        switch (node)
        {
            case SumSyntax sum:
                var terms = sum.Terms.Select(t => (t.Negative, Value: Visit(t.Operand, inner))).Where(t => t.Value is not null).Select(t => new SumTerm(t.Negative, t.Value!)).ToArray();
                return (Total(terms), "sum-rule", "The differential of a sum is the sum of the differentials; a constant has none.");
            case NegateSyntax negate:
                return (new NegateSyntax(Visit(negate.Operand, inner)!), "constant-factor", "A constant factor, here -1, stays.");
            case TransposeSyntax transpose:
                return (new TransposeSyntax(Visit(transpose.Operand, inner)!), "transpose", "The differential of a transpose is the transpose of the differential.");
            case IndexSyntax index:
                return (new IndexSyntax(Visit(index.Operand, inner)!, index.Indices), "linear-function", "The differential of an entry is the entry of the differential.");
            case ReductionSyntax { Function: "sum" } reduction:
                _indexed++;
                var body = Visit(reduction.Body, inner);
                _indexed--;
                return (new ReductionSyntax(reduction.Function, reduction.Indices, body!), "sum-rule", "Each term of the sum is differentiated by itself.");
            case BlockSyntax block:
                var pieces = SyntaxPieces.Children(block).Select(p => Visit(p, inner) ?? new ProductSyntax(new NumberSyntax(0), [new(Infix.Multiply, p)])).ToArray();
                return (SyntaxPieces.With(block, pieces), "linear-function", "Every block is differentiated by itself.");
            case ProductSyntax product:
                return Product(product, inner);
            case PowerSyntax power:
                return Power(power, inner);
            case CallSyntax call:
                return Call(call, inner);
            default:
                return (null, "", "");
        }
    }

    private static SyntaxNode? Total(SumTerm[] terms) => terms switch
    {
        [] => null,
        [{ Negative: false } only] => only.Operand,
        [var only] => new NegateSyntax(only.Operand),
        _ => new SumSyntax(terms),
    };

    private (SyntaxNode?, string, string) Product(ProductSyntax product, List<DerivationStep> inner)
    {
        var factors = SyntaxPieces.Children(product);
        if (product.Links.Any(l => l.Operator == Infix.Solve)) return Solution(product, inner);
        var changing = factors.Select((f, i) => (Factor: f, Index: i)).Where(f => Depends(f.Factor)).ToArray();
        if (product.Links is [{ Operator: Infix.Divide, Operand: var v }] && Depends(v) && Depends(product.First))
        {
            SyntaxNode du = Visit(product.First, inner)!, dv = Visit(v, inner)!;
            var numerator = new SumSyntax([new(false, Times(du, v)), new(true, Times(product.First, dv))]);
            return (new ProductSyntax(numerator, [new(Infix.Divide, Square(v, false))]), "quotient-rule", "d(u/v) = (du*v - u*dv)/v^2.");
        }
        var terms = new List<SumTerm>();
        bool divides = false;
        foreach (var (factor, index) in changing)
        {
            var d = Visit(factor, inner)!;
            var sign = index == 0 ? Infix.Multiply : product.Links[index - 1].Operator;
            if (index > 0 && sign is Infix.Divide or Infix.ElementwiseDivide)
            {
                divides = true;
                var times = sign == Infix.Divide ? Infix.Multiply : Infix.Hadamard;
                terms.Add(new(true, new ProductSyntax(product.First, [.. product.Links.Take(index - 1), new(times, d), new(sign, Square(factor, sign != Infix.Divide)), .. product.Links.Skip(index)])));
            }
            else terms.Add(new(false, SyntaxPieces.With(product, [.. factors.Select((f, i) => i == index ? d : f)])));
        }
        var total = Total([.. terms]);
        if (divides) return (total, "quotient-rule", changing.Length > 1 ? "Each factor changes in turn; d(1/v) = -dv/v^2." : "d(1/v) = -dv/v^2; a constant factor stays.");
        return changing.Length == 1
            ? (total, "constant-factor", "Only one factor changes; the others are constant and stay in their places.")
            : (total, "product-rule", "Each factor changes in turn while the others stay; the order of the factors is kept.");
    }

    private (SyntaxNode?, string, string) Solution(ProductSyntax product, List<DerivationStep> inner)
    {
        if (product.Links is not [{ Operator: Infix.Solve, Operand: var b }]) return (null, "", "");
        var terms = new List<SumTerm>();
        if (Visit(b, inner) is { } db) terms.Add(new(false, new ProductSyntax(product.First, [new(Infix.Solve, db)])));
        if (Visit(product.First, inner) is { } dA) terms.Add(new(true, new ProductSyntax(product.First, [new(Infix.Solve, Times(dA, product))])));
        return (Total([.. terms]), "inverse-rule", "From A*z = b: dA*z + A*dz = db, so dz = A \\ (db - dA*z).");
    }

    private (SyntaxNode?, string, string) Power(PowerSyntax power, List<DerivationStep> inner)
    {
        var (u, n) = (power.Base, power.Exponent);
        if (Depends(n) || Constants.Of(n) is not { } exponent)
        {
            var d = new List<SumTerm>();
            bool scalar = IsScalar(power);
            if (Visit(u, inner) is { } base_)
                d.Add(new(false, Joined(scalar, n, Raised(u, new SumSyntax([new(false, n), new(true, new NumberSyntax(1))]), power.Elementwise), base_)));
            if (Visit(n, inner) is { } dn) d.Add(new(false, Joined(scalar, power, new CallSyntax("log", [u]), dn)));
            return (Total([.. d]), "power-rule", "d(u^v) = v*u^(v-1)*du + u^v*log(u)*dv.");
        }
        var du = Visit(u, inner)!;
        if (power.Elementwise || IsScalar(u))
        {
            bool scalar = !power.Elementwise;
            SyntaxNode outer = exponent == 2 ? u : Raised(u, new NumberSyntax(exponent - 1), power.Elementwise);
            return (Joined(scalar && IsScalar(u), n, outer, du), "power-rule", $"d(u^n) = n*u^(n-1)*du with n = {exponent}{(power.Elementwise ? ", entry by entry" : "")}.");
        }
        if (exponent == -1) return (new NegateSyntax(new ProductSyntax(power, [new(Infix.Multiply, du), new(Infix.Multiply, power)])), "inverse-rule", "From X*X^-1 = I: dX*X^-1 + X*d(X^-1) = 0.");
        if (!exponent.IsInteger || exponent.Sign <= 0 || exponent > 6) return (null, "", "");
        int count = (int)exponent.Numerator;
        var terms = Enumerable.Range(0, count).Select(k =>
        {
            var before = MatrixPower(u, k);
            var after = MatrixPower(u, count - 1 - k);
            SyntaxNode term = before is null ? du : Times(before, du);
            return new SumTerm(false, after is null ? term : before is null ? Times(du, after) : new ProductSyntax(before, [new(Infix.Multiply, du), new(Infix.Multiply, after)]));
        }).ToArray();
        return (Total(terms), "product-rule", "A matrix power is a product of equal factors: each changes in turn, and matrices do not commute.");
    }

    private static SyntaxNode? MatrixPower(SyntaxNode X, int n) => n switch { 0 => null, 1 => X, _ => new PowerSyntax(X, new NumberSyntax(n), false) };

    private (SyntaxNode?, string, string) Call(CallSyntax call, List<DerivationStep> inner)
    {
        var function = OperatorTable.Find(call.Function)!;
        var u = call.Arguments[0];
        switch (function.Name)
        {
            case "sum" or "mean" or "tr" or "diag" or "vec":
                return (SyntaxPieces.With(call, [Visit(u, inner)!, .. call.Arguments.Skip(1)]), "linear-function", $"{call.Function} is linear: d goes inside.");
            case "dot" or "kron":
                var terms = call.Arguments.Select((a, i) => (Value: Visit(a, inner), Index: i)).Where(a => a.Value is not null)
                    .Select(a => new SumTerm(false, SyntaxPieces.With(call, [.. call.Arguments.Select((b, k) => k == a.Index ? a.Value! : b)]))).ToArray();
                return (Total(terms), terms.Length > 1 ? "product-rule" : "linear-function", $"{call.Function} is linear in each argument: each changes in turn.");
            case "norm2" or "normF" when _typed.ShapeOf(u) is { IsScalar: false } shape:
                var du = Visit(u, inner)!;
                SyntaxNode dot = shape.Kind switch
                {
                    Kind.Column => Times(new TransposeSyntax(u), du),
                    Kind.Row => Times(u, new TransposeSyntax(du)),
                    _ => new CallSyntax("tr", [Times(new TransposeSyntax(u), du)]),
                };
                return (new ProductSyntax(dot, [new(Infix.Divide, call)]), "norm-rule", shape.Kind switch
                {
                    Kind.Column => "From n^2 = u'*u: 2*n*dn = 2*u'*du, so dn = u'*du/n.",
                    Kind.Row => "From n^2 = u*u': 2*n*dn = 2*u*du', so dn = u*du'/n.",
                    _ => "From n^2 = tr(U'*U): 2*n*dn = 2*tr(U'*dU), so dn = tr(U'*dU)/n.",
                });
            case "norm1":
                return (new CallSyntax("sum", [new ProductSyntax(new CallSyntax("sign", [u]), [new(Infix.Hadamard, Visit(u, inner)!)])]), "norm-rule", "Each |u[i]| has the derivative sign(u[i]).");
        }
        if (function is ElementwiseOperator elementwise)
        {
            bool scalar = IsScalar(call);
            var parts = new List<SumTerm>();
            for (int i = 0; i < call.Arguments.Count; i++)
                if (Visit(call.Arguments[i], inner) is { } d)
                    parts.Add(new(false, Joined(scalar, Substituted(Parser.Parse(elementwise.Derivatives[i]).Function, call, scalar), d)));
            string formula = string.Join(", ", elementwise.Derivatives).Replace("./", "/", StringComparison.Ordinal).Replace(".^", "^", StringComparison.Ordinal).Replace(".*", "*", StringComparison.Ordinal).Replace("f", call.Function + (call.Arguments.Count == 1 ? "(x)" : "(x, y)"), StringComparison.Ordinal);
            return (Total([.. parts]), "chain-rule", $"The derivative of {call.Function}(x) is {formula}{(scalar ? "" : ", entry by entry")}; times the differential of what stands inside.");
        }
        if (function.Differential is not { } text || call.Arguments.Count > 1) return (null, "", "");
        var argument = Visit(u, inner)!;
        var program = Parser.Parse(text);
        if (SyntaxPieces.Inlined(program, 60) is not { } template) return (null, "", "");
        var put = SyntaxPieces.Replace(template, n => n is NameSyntax s ? s.Name switch { "x" or "X" => u, "dx" or "dX" => argument, _ => null } : null);
        return (put, function.Name == "inv" ? "inverse-rule" : "operator-rule", function.Name == "inv" ? "From X*inv(X) = I: dX*inv(X) + X*d(inv(X)) = 0." : Told(call.Function, text));
    }

    private static string Told(string function, string text)
    {
        string[] statements = text.Split("; ");
        string argument = text.Contains("dx", StringComparison.Ordinal) ? "x" : "X";
        string with = statements.Length > 1 ? $", with {string.Join(", ", statements[..^1])}" : "";
        return $"The rule of {function} is d {function}({argument}) = {statements[^1]}{with}.";
    }

    // The derivative of a scalar function with the arguments put in; scalars are multiplied by *, others entry by entry.
    private static SyntaxNode Substituted(SyntaxNode rule, CallSyntax call, bool scalar) => SyntaxPieces.Replace(rule, n => n switch
    {
        NameSyntax { Name: "x" } => call.Arguments[0],
        NameSyntax { Name: "y" } when call.Arguments.Count > 1 => call.Arguments[1],
        NameSyntax { Name: "f" } => call,
        _ => null,
    });

    private static SyntaxNode Raised(SyntaxNode u, SyntaxNode n, bool elementwise) => n is NumberSyntax { Value: { IsInteger: true, IsOne: true } } ? u : new PowerSyntax(u, n, elementwise);

    private static ProductSyntax Joined(bool scalar, SyntaxNode first, params ReadOnlySpan<SyntaxNode> others)
    {
        var links = new List<ProductLink>();
        foreach (var other in others) links.Add(new(scalar || (links.Count == 0 && first is NumberSyntax) ? Infix.Multiply : Infix.Hadamard, other));
        return new(first, links);
    }

    private static PowerSyntax Square(SyntaxNode v, bool elementwise) => new(v, new NumberSyntax(2), elementwise);

    private static ProductSyntax Times(SyntaxNode left, SyntaxNode right) => new(left, [new(Infix.Multiply, right)]);
}
