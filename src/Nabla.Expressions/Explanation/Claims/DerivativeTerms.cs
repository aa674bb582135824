using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>The terms of a derivative that is multiplied out, and what multiples of them a claim is made of.</summary>
/// <param name="derived">The program and its derivative.</param>
/// <param name="points">Lays values out.</param>
/// <param name="work">The budget.</param>
internal sealed class DerivativeTerms(Derived derived, ClaimPoints points, Work work)
{
    private const int MostTerms = 12;

    private IReadOnlyList<Node>? _terms;

    /// <summary>The terms; none where there are too many.</summary>
    public IReadOnlyList<Node> Terms => _terms ??= Expanded(derived.Written.Orders[^1]);

    /// <summary>The constants with which the terms add up to the claim at points of equal sizes, one a term; null where there are none, or several.</summary>
    public double[]? Multiples(IReadOnlyList<SamplePoint> at, IReadOnlyList<Value> claimed)
    {
        int n = Terms.Count;
        if (n == 0 || at.Count == 0) return null;
        var columns = new List<double>[n];
        for (int k = 0; k < n; k++) columns[k] = [];
        var right = new List<double>();
        for (int p = 0; p < at.Count; p++)
        {
            if (claimed[p].Rows != at[p].Expected.Rows || claimed[p].Columns != at[p].Expected.Columns) return null;
            // Every point counts alike, however large its entries are.
            double scale = 1e-300;
            foreach (double e in at[p].Expected.Real) scale = Math.Max(scale, Math.Abs(e));
            foreach (double e in claimed[p].Real) right.Add(e / scale);
            for (int k = 0; k < n; k++)
            {
                NDArray<double> value;
                try
                {
                    value = new TensorEvaluator(at[p].Entries, at[p].Sizes, work).Evaluate(Terms[k]);
                }
                catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
                {
                    return null;
                }
                foreach (double e in points.LaidOut(value).Real) columns[k].Add(e / scale);
            }
        }
        int m = right.Count;
        if (m <= n) return null;
        var A = NDArray<double>.Zeros(m, n);
        for (int k = 0; k < n; k++)
        {
            if (columns[k].Exists(e => !double.IsFinite(e))) return null;
            for (int i = 0; i < m; i++) A[i, k] = columns[k][i];
        }
        if (LinearAlgebra.Rank(A) < n) return null;
        double[] c = LinearAlgebra.LeastSquares(A, NDArray<double>.FromArray([.. right], m)).ToArray();
        double largest = right.Max(Math.Abs);
        for (int i = 0; i < m; i++)
        {
            double rest = right[i];
            for (int k = 0; k < n; k++) rest -= A[i, k] * c[k];
            if (!(Math.Abs(rest) <= 1e-7 * largest)) return null;
        }
        return [.. c.Select(x => Math.Abs(x - Math.Round(x)) < 1e-6 ? Math.Round(x) : x)];
    }

    private List<Node> Expanded(Node root)
    {
        var t = derived.Written.Tensors;
        var done = new List<Node>();
        var pending = new Stack<Node>([root]);
        while (pending.TryPop(out var node))
        {
            work.Check();
            if (done.Count + pending.Count > MostTerms) return [];
            if (node is AddNode { Terms: var terms })
            {
                if (terms is [(_, var only)])
                {
                    if (Opened(t, only) is { } parts) foreach (var part in parts) pending.Push(t.Scale(terms[0].Coefficient, part));
                    else done.Add(node);
                }
                else foreach (var (c, n) in terms) pending.Push(t.Scale(c, n));
            }
            else if (Opened(t, node) is { } parts) foreach (var part in parts) pending.Push(part);
            else done.Add(node);
        }
        return done;
    }

    // A product of which one factor is a sum: the products with its terms.
    private static Node[]? Opened(Tensors t, Node node)
    {
        if (node is not ContractNode c) return null;
        for (int k = 0; k < c.Factors.Count; k++)
        {
            if (c.Factors[k] is not { IsPlain: true, Operand: AddNode { Terms: { Count: > 1 and <= MostTerms } terms } }) continue;
            var parts = new List<Node>();
            foreach (var (inner, part) in terms)
            {
                var product = new Contraction(t);
                int[] labels = [.. c.Sizes.Select(product.Label)];
                for (int i = 0; i < c.Factors.Count; i++)
                    product.Multiply(i == k ? part : c.Factors[i].Operand, Array.ConvertAll(c.Factors[i].Labels, l => labels[l]), c.Factors[i].Exponent);
                product.Scale(inner);
                parts.Add(product.Build([.. c.Result.Select(l => labels[l])]));
            }
            // A sum whose product is built closed again stays as it is.
            return parts.Contains(node) ? null : [.. parts];
        }
        return null;
    }
}
