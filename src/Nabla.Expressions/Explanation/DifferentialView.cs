using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>The way of Magnus and Neudecker: d is pushed inwards until df = tr(G'*dX), and G is read off.</summary>
internal static class DifferentialView
{
    /// <summary>The steps.</summary>
    public static IReadOnlyList<DerivationStep> Of(DerivationContext context)
    {
        var steps = new List<DerivationStep>();
        string x = context.Solved.Variable.Name, f = context.Function.Name;
        var known = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal);
        SyntaxNode? whole = null;
        foreach (var q in context.Quantities.Where(q => q.Inputs.Count > 0))
        {
            var (differential, inner) = context.Differential(q.Value, q.Inputs);
            if (differential is null) return Core(context);
            string rule = inner.Count > 0 ? inner[^1].Rule : "identity";
            steps.Add(new(rule, NotationWriter.Write(q.Value), NotationWriter.Write(differential), q.Shape.Axes, inner.Count > 0 ? inner[^1].Reason : $"d{q.Name} = d{x}.",
                context.Proof.Differential(q.Value, new([], [], differential, []), context.Along(q.Inputs)), inner.Count > 0 ? inner[^1].Steps : [])
            { Of = q.Name });
            var put = SyntaxPieces.Replace(differential, n => n is NameSyntax s && known.TryGetValue(s.Name, out var value) ? value : null);
            if (!ReferenceEquals(put, differential))
                steps.Add(new("substitution", NotationWriter.Write(differential), NotationWriter.Write(put), q.Shape.Axes, "The differentials of the inner quantities are put in.",
                    context.Proof.DifferentialError(Composed(context, q), Values(context, put), context.Along(x)), [])
                { Of = q.Name });
            known[context.Differentials[q.Name]] = put;
            whole = put;
        }
        if (whole is null) return ChainRuleView.Of(context);
        var found = context.Calculus.Derivative(Composed(context, context.Function), x);
        var form = found.Order <= 2 ? context.Calculus.Write(found) : null;
        var (function, variable) = (context.Function.Shape.Axes.Count, context.ShapeOf(x).Axes.Count);
        string d = context.Differentials[x];
        string canonical = (function, variable) switch
        {
            (0, 0) => $"d{f} = g*{d}",
            (0, 1) => $"d{f} = g'*{d}",
            (0, _) => $"d{f} = tr(G'*{d}): factors are moved around the trace, and transposed where {d}' stands, until {d} stands last",
            (1, 1) => $"d{f} = J*{d}",
            _ => $"vec(d{f}) = J*vec({d})",
        };
        var syntax = form?.Syntax;
        string after = syntax is null ? context.Calculus.Entry("D", found) ?? "" : NotationWriter.Write(syntax);
        double? error = context.Proof.Largest(point => (Values(context, whole)(point), context.Applied(found, x, point)));
        steps.Add(new("identification", NotationWriter.Write(whole), after, [.. found.Axes], $"The canonical form is {canonical}. What multiplies {d} is the derivative.", error, []) { Of = f, By = x });
        context.Finish(steps, found, syntax, false);
        return steps;
    }

    private static IReadOnlyList<DerivationStep> Core(DerivationContext context) => ChainRuleView.Of(context);

    private static Func<int, double[]?> Values(DerivationContext context, SyntaxNode expression)
    {
        var typed = context.Proof.Type(expression);
        return point => context.Proof.Evaluate(typed, point)?.Real.ToArray();
    }

    private static SyntaxNode Composed(DerivationContext context, Quantity quantity)
    {
        var value = quantity.Value;
        foreach (var q in context.Inner.TakeWhile(q => q != quantity).Reverse())
            value = SyntaxPieces.Replace(value, n => n is NameSyntax s && s.Name == q.Name ? q.Value : null);
        return value;
    }
}
