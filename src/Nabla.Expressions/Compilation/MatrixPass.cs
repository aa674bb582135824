namespace Nabla.Expressions.Compilation;

/// <summary>Steps that can be done together, a block of rows of one matrix after the other: A x, what is made of it row by row, and A'w.</summary>
/// <remarks>A large matrix is then read from memory once and not once for each product. All steps are done where the first of them stood.</remarks>
internal sealed class MatrixPass
{
    // A smaller matrix stays in the cache between two products.
    private const long LeastEntries = 1 << 15;
    private const int LeastRows = 128;

    private readonly MatrixVectorProduct _product;
    private readonly int _first;
    private readonly List<Step> _members = [];
    private readonly Dictionary<Storage, long> _rowByRow = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Storage> _sums = new(ReferenceEqualityComparer.Instance);

    private MatrixPass(MatrixVectorProduct product, int first) => (_product, _first) = (product, first);

    /// <summary>The steps, with those that read one matrix joined.</summary>
    public static IReadOnlyList<Step> Join(IReadOnlyList<Step> steps)
    {
        var passes = new List<MatrixPass>();
        for (int i = 0; i < steps.Count; i++)
        {
            if (passes.Exists(p => p.TryJoin(steps, i))) continue;
            if (MatrixVectorProduct.Of(steps[i]) is not { } product || product.Rows < LeastRows || (long)product.Rows * product.Columns < LeastEntries) continue;
            var pass = new MatrixPass(product, i);
            if (pass.TryJoin(steps, i)) passes.Insert(0, pass);
        }
        passes.RemoveAll(p => p._members.Count(m => m is ProductStep) < 2);
        if (passes.Count == 0) return steps;
        var joined = passes.SelectMany(p => p._members).ToHashSet<Step>(ReferenceEqualityComparer.Instance);
        var firsts = passes.ToDictionary(p => p._first, p => p._members);
        return [.. steps.Select((s, i) => firsts.TryGetValue(i, out var members) ? new MatrixPassStep(members) : joined.Contains(s) ? null : s).OfType<Step>()];
    }

    private bool TryJoin(IReadOnlyList<Step> steps, int at)
    {
        var step = steps[at];
        if (step.Outputs.Any(o => _members.Exists(m => m.Inputs.Contains(o) || m.Outputs.Contains(o)))) return false;
        if (step.Inputs.Any(_sums.Contains)) return false;
        // The step goes to the place of the first: nothing in between may make what it reads, or use what it makes.
        for (int i = _first; i < at; i++)
        {
            if (_members.Contains(steps[i])) continue;
            if (steps[i].Outputs.Any(o => step.Inputs.Contains(o) || step.Outputs.Contains(o)) || steps[i].Inputs.Any(step.Outputs.Contains)) return false;
        }
        if (step is EntrywiseStep { Tape: var tape }) return IsRowByRow(tape) && Joined(step, tape.Target, isSum: false);
        return MatrixVectorProduct.Of(step) is { } product && product.ReadsTheSame(_product) && product.Vector.Strides[0] == 1 && product.Result.Strides[0] == 1
            && !ReferenceEquals(product.Vector.Storage, product.Matrix) && (product.IsTransposed ? IsInStep(product.Vector) : !_rowByRow.ContainsKey(product.Vector.Storage))
            && Joined(step, product.Result, product.IsTransposed);
    }

    private bool Joined(Step step, Read result, bool isSum)
    {
        _members.Add(step);
        if (isSum) _sums.Add(result.Storage);
        else _rowByRow[result.Storage] = result.Offset;
        return true;
    }

    private bool IsRowByRow(Tape tape) =>
        tape.Sizes is [var rows] && rows == _product.Rows && tape.Target.Strides[0] == 1 && tape.Reads.Any(r => _rowByRow.ContainsKey(r.Storage)) && Array.TrueForAll(tape.Reads, IsInStep);

    // What the pass itself makes can be read at the row at hand only.
    private bool IsInStep(Read read) => !_rowByRow.TryGetValue(read.Storage, out long offset) || (read.Offset == offset && read.Strides is [1]);
}
