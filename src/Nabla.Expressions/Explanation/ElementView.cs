using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>One entry of the derivative in index notation.</summary>
internal static class ElementView
{
    /// <summary>The steps.</summary>
    public static IReadOnlyList<DerivationStep> Of(DerivationContext context)
    {
        var steps = new List<DerivationStep>();
        string x = context.Solved.Variable.Name;
        var calculus = context.Calculus;
        foreach (var q in context.Quantities)
        {
            var value = calculus.NodeOf(q.Value);
            steps.Add(new("entry", $"{q.Name} = {NotationWriter.Write(q.Value)}", calculus.Entry(q.Name, value) ?? NotationWriter.Write(q.Value), q.Shape.Axes,
                q.Shape.IsScalar ? $"{q.Name} with its sums written out." : $"One entry of {q.Name}; repeated indices are summed.",
                context.Proof.DifferenceFrom(new([], [], q.Value, []), point => calculus.Evaluate(value, point)), [])
            { Of = q.Name });
            foreach (string input in q.Inputs)
            {
                var local = calculus.Derivative(q.Value, input);
                steps.Add(new("partial-derivative", NotationWriter.Write(q.Value), calculus.Entry(q.Name, input, local) ?? "", [.. local.Axes],
                    Unit(input, context.ShapeOf(input).Axes.Count),
                    context.LocalError(q, input, local), [])
                { Of = q.Name, By = input });
            }
        }
        if (context.Function.Inputs.Count == 0) return ChainRuleView.Of(context);
        var derivatives = new Dictionary<string, Core.Node>(StringComparer.Ordinal);
        foreach (string name in context.Inner.Select(q => q.Name).Reverse().Append(x))
        {
            var terms = context.Quantities.Where(q => q.Inputs.Contains(name) && (q == context.Function || derivatives.ContainsKey(q.Name)))
                .Select(q => ((Core.Coefficient)1, q == context.Function ? calculus.Derivative(q.Value, name) : calculus.Chain(derivatives[q.Name], calculus.Derivative(q.Value, name), q.Shape.Axes.Count))).ToList();
            if (terms.Count > 0) derivatives[name] = calculus.Tensors.Sum(terms, terms[0].Item2.Axes);
        }
        var found = derivatives[x];
        if (context.Inner.Any())
        {
            string entry = calculus.Entry(context.Function.Name, x, found) ?? "";
            steps.Add(new("chain-rule", string.Join(" . ", context.Quantities.Reverse().SelectMany(q => q.Inputs.Select(i => $"d{q.Name}/d{i}"))), entry, [.. found.Axes],
                "The partial derivatives are multiplied and summed over the indices of the quantities between.", context.Error(found), [])
            { Of = context.Function.Name, By = x });
        }
        var text = found.Order <= 2 ? calculus.Write(found)?.Syntax : null;
        if (text is not null)
            steps.Add(new("matrix-form", calculus.Entry("D", found) ?? "", NotationWriter.Write(text), [.. found.Axes],
                "Read back as matrices: an index that two factors share and that is summed is a matrix product, one that stays is a row or a column.",
                context.Proof.DifferenceFrom(new([], [], text, []), point => calculus.Evaluate(found, point)), [])
            { Of = context.Function.Name, By = x });
        context.Finish(steps, found, text, false);
        return steps;
    }

    // The derivative of an entry of a name by another entry of it.
    private static string Unit(string x, int axes) => axes switch
    {
        0 => $"d{x}/d{x} is 1.",
        1 => $"d{x}[k]/d{x}[l] is 1 for k = l and 0 otherwise: delta[k,l]. A sum over an index of a delta leaves the term in which both indices are equal.",
        _ => $"d{x}[i,j]/d{x}[k,l] is 1 for i = k and j = l and 0 otherwise: delta[i,k]*delta[j,l]. A sum over an index of a delta leaves the term in which both indices are equal.",
    };
}
