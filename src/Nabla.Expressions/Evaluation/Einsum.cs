using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>Products of tensors summed over labels, two at a time, the pair with the smallest result first.</summary>
internal static class Einsum
{
    /// <summary>The product, with a label for each of its axes: those of <paramref name="result"/> that any operand bears.</summary>
    public static (NDArray<double> Value, int[] Labels) Contract(List<(NDArray<double> Value, int[] Labels)> operands, int[] result, int[] sizes, Work work)
    {
        var pending = operands.Select(Diagonal).ToList();
        if (pending.Count == 0) return (NDArray<double>.Scalar(1), []);
        for (int i = 0; i < pending.Count; i++) pending[i] = SumOut(pending[i], pending, i, result);
        while (pending.Count > 1)
        {
            work.Check();
            var (a, b) = CheapestPair(pending, result, sizes);
            var kept = result.Concat(pending.Where((_, k) => k != a && k != b).SelectMany(p => p.Labels)).ToHashSet();
            var product = Multiply(pending[a], pending[b], kept, sizes, work);
            pending.RemoveAt(b);
            pending[a] = product;
        }
        return pending[0];
    }

    // A repeated label: the diagonal.
    private static (NDArray<double> Value, int[] Labels) Diagonal((NDArray<double> Value, int[] Labels) x)
    {
        int[] distinct = [.. x.Labels.Distinct()];
        if (distinct.Length == x.Labels.Length) return x;
        int[] shape = [.. distinct.Select(l => x.Value.Shape[Array.IndexOf(x.Labels, l)])];
        var diagonal = NDArray<double>.Zeros(shape);
        var index = new int[shape.Length];
        for (long k = 0; k < diagonal.Count; k++)
        {
            diagonal[index] = x.Value[[.. x.Labels.Select(l => index[Array.IndexOf(distinct, l)])]];
            for (int l = index.Length - 1; l >= 0 && ++index[l] == shape[l]; l--) index[l] = 0;
        }
        return (diagonal, distinct);
    }

    private static (NDArray<double> Value, int[] Labels) SumOut((NDArray<double> Value, int[] Labels) x, List<(NDArray<double> Value, int[] Labels)> all, int self, int[] result)
    {
        for (int a = x.Labels.Length - 1; a >= 0; a--)
        {
            int label = x.Labels[a];
            if (result.Contains(label) || all.Where((_, k) => k != self).Any(p => p.Labels.Contains(label))) continue;
            x = (x.Value.Sum(a), [.. x.Labels.Where((_, k) => k != a)]);
        }
        return x;
    }

    private static (int A, int B) CheapestPair(List<(NDArray<double> Value, int[] Labels)> pending, int[] result, int[] sizes)
    {
        if (pending.Count == 2) return (0, 1);
        // How many operands, and the result, bear a label: what no other bears is summed.
        Span<int> bearers = stackalloc int[sizes.Length];
        foreach (int l in result) bearers[l]++;
        foreach (var (_, labels) in pending) foreach (int l in labels) bearers[l]++;
        var (best, cost) = ((0, 1), double.PositiveInfinity);
        for (int a = 0; a < pending.Count; a++)
            for (int b = a + 1; b < pending.Count; b++)
            {
                var (x, y) = (pending[a].Labels, pending[b].Labels);
                double output = 1, operations = 1;
                foreach (int l in x)
                {
                    operations *= sizes[l];
                    if (bearers[l] > (y.AsSpan().Contains(l) ? 2 : 1)) output *= sizes[l];
                }
                foreach (int l in y)
                {
                    if (x.AsSpan().Contains(l)) continue;
                    operations *= sizes[l];
                    if (bearers[l] > 1) output *= sizes[l];
                }
                double inputs = (double)pending[a].Value.Count + pending[b].Value.Count;
                if (output - inputs + 1e-6 * operations is var c && c < cost) (best, cost) = ((a, b), c);
            }
        return best;
    }

    private static (NDArray<double> Value, int[] Labels) Multiply(
        (NDArray<double> Value, int[] Labels) x, (NDArray<double> Value, int[] Labels) y, HashSet<int> kept, int[] sizes, Work work)
    {
        int[] shared = [.. x.Labels.Where(l => y.Labels.Contains(l) && kept.Contains(l))];
        int[] summed = [.. x.Labels.Where(l => y.Labels.Contains(l) && !kept.Contains(l))];
        int[] left = [.. x.Labels.Where(l => !y.Labels.Contains(l))], right = [.. y.Labels.Where(l => !x.Labels.Contains(l))];
        long Size(int[] labels) => labels.Aggregate(1L, (n, l) => n * sizes[l]);
        var (batch, m, k, n) = (Size(shared), Size(left), Size(summed), Size(right));
        if ((double)batch * m * n > work.Entries)
            throw new NablaException(ErrorCode.Limit, $"An intermediate value would have {(double)batch * m * n:0} entries, but a value has at most {work.Entries}.");
        var A = x.Value.Permute([.. shared.Concat(left).Concat(summed).Select(l => Array.IndexOf(x.Labels, l))]).AsContiguous().Reshape((int)batch, (int)m, (int)k);
        var B = y.Value.Permute([.. shared.Concat(summed).Concat(right).Select(l => Array.IndexOf(y.Labels, l))]).AsContiguous().Reshape((int)batch, (int)k, (int)n);
        var product = NDArray<double>.Zeros((int)batch, (int)m, (int)n);
        for (int b = 0; b < batch; b++)
        {
            work.Check();
            if (m * n * k > 4096)
            {
                NDArray.MatMul(A.At(0, b), B.At(0, b)).AsContiguous().AsSpan().CopyTo(product.AsSpan().Slice((int)(b * m * n), (int)(m * n)));
                continue;
            }
            var a = A.AsSpan().Slice((int)(b * m * k), (int)(m * k));
            var c = B.AsSpan().Slice((int)(b * k * n), (int)(k * n));
            var p = product.AsSpan().Slice((int)(b * m * n), (int)(m * n));
            for (int i = 0; i < m; i++)
                for (int l = 0; l < k; l++)
                {
                    double factor = a[i * (int)k + l];
                    for (int j = 0; j < n; j++) p[i * (int)n + j] += factor * c[l * (int)n + j];
                }
        }
        int[] labels = [.. shared, .. left, .. right];
        return (product.Reshape([.. labels.Select(l => sizes[l])]), labels);
    }
}
