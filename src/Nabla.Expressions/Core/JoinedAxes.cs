namespace Nabla.Expressions.Core;

/// <summary>A sum or a function, element by element, of more than two axes of which a contraction joins some: they are joined inside, so that a smaller tensor remains.</summary>
internal static class JoinedAxes
{
    /// <summary>Joins the axes of one factor, if there is such.</summary>
    public static bool Apply(Contraction c, Tensors tensors)
    {
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var f = c.Factors[i];
            if (f.Operand is not ({ Order: > 2 } and (AddNode or MapNode))) continue;
            int[] distinct = [.. f.Labels.Distinct()];
            if (distinct.Length == f.Labels.Length) continue;
            int[] places = Array.ConvertAll(f.Labels, l => Array.IndexOf(distinct, l));
            Node Joined(Node node)
            {
                var part = new Contraction(tensors);
                int[] labels = [.. distinct.Select(l => part.Label(f.Operand.Axes[Array.IndexOf(f.Labels, l)]))];
                part.Multiply(node, Array.ConvertAll(places, p => labels[p]));
                return part.Build(labels);
            }
            var joined = f.Operand switch
            {
                AddNode sum => tensors.Sum([.. sum.Terms.Select(t => (t.Coefficient, Joined(t.Node)))], [.. distinct.Select(l => sum.Axes[Array.IndexOf(f.Labels, l)])]),
                MapNode map => tensors.Map(map.Function, [.. map.Arguments.Select(Joined)]),
                _ => throw new InvalidOperationException(),
            };
            c.Replace(i, joined, distinct, f.Exponent);
            return true;
        }
        return false;
    }
}
