using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The natural logarithm of every entry.</summary>
/// <remarks>d log x = dx / x. The entries must be positive.</remarks>
internal sealed class Log : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "log";

    /// <inheritdoc/>
    public override string Summary => "The natural logarithm of every entry.";

    /// <inheritdoc/>
    public override string Example => "log([1 2; 3 4])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1./x"];

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("log-of-exponential", "log(exp(x))", "x", "x in R^n"),
        new("log-of-one-plus-exponential", "log(1 + exp(x))", "softplus(x)", "x in R^n"),
        new("log-of-two-exponentials", "log(exp(x) + exp(y))", "x + softplus(y - x)", "x in R^n; y in R^n"),
        new("log-of-sigmoid", "log(sigmoid(x))", "-softplus(-x)", "x in R^n"),
        new("log-of-one-minus-sigmoid", "log(1 - sigmoid(x))", "-softplus(x)", "x in R^n"),
        new("log-of-softmax", "log(softmax(x))", "x - lse(x)", "x in R^n"),
        new("log-of-entry-of-softmax", "log(softmax(x)[2])", "x[2] - lse(x)", "x in R^n"),
        new("log-of-sum-of-exponentials", "log(sum(exp(x)))", "lse(x)", "x in R^n"),
        new("log-of-determinant", "log(det(X))", "logdet(X)", "X in R^(n x n) positive definite"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => x[0] switch
    {
        MapNode { Function: Exp, Arguments: [var z] } => z,
        AddNode sum when StableForms.OnePlusExp(sum) is { } z => t.Map(OperatorTable.Get<Softplus>(), z),
        AddNode sum when StableForms.TwoExponentials(sum) is var (a, b) => t.Add(a, t.Map(OperatorTable.Get<Softplus>(), t.Subtract(b, a))),
        AddNode sum when Saturation.Of(sum) is { Scale.IsOne: true, OfSigmoid: { } z } => t.Scale(-1, t.Map(OperatorTable.Get<Softplus>(), z)),
        MapNode { Function: Sigmoid, Arguments: [var z] } => t.Scale(-1, t.Map(OperatorTable.Get<Softplus>(), t.Scale(-1, z))),
        ApplyNode { Function: Softmax } softmax => OfSoftmax(t, softmax),
        // The logarithm exists where the determinant is positive, and there it is logdet.
        ApplyNode { Function: Determinant } det => t.Apply(OperatorTable.Get<LogDeterminant>(), det.Argument, det.Operated),
        ContractNode { HasDelta: false, Factors: [{ IsPlain: true, Operand: MapNode { Function: Exp, Arguments: [var z] } } factor] } c => OfSum(t, c, factor.Labels, z),
        ContractNode { HasDelta: false } c => OfEntries(t, c),
        _ => null,
    };

    private static Node OfSoftmax(Tensors t, ApplyNode softmax)
    {
        string ij = "ij"[..softmax.Operated];
        var lse = t.Apply(OperatorTable.Get<LogSumExp>(), softmax.Argument, softmax.Operated);
        return t.Subtract(softmax.Argument, t.Einsum($"...,...{ij}->...{ij}", lse, t.Constant(1, softmax.Axes)));
    }

    // Entries of a softmax that fixed indices choose.
    private static Node? OfEntries(Tensors t, ContractNode c)
    {
        var (chosen, units) = (c.Factors.Where(f => f.Operand is not UnitNode).ToArray(), c.Factors.Where(f => f.Operand is UnitNode).ToArray());
        if (chosen is not [{ IsPlain: true, Operand: ApplyNode { Function: Softmax } softmax, Labels: var labels }] || units.Length == 0) return null;
        // Every label is chosen or an axis of the value.
        if (labels.Distinct().Count() < labels.Length || labels.Any(l => l >= c.ResultLabels == units.All(u => u.Labels[0] != l)) || units.Any(u => !u.IsPlain || !labels.Contains(u.Labels[0]))) return null;
        Node Chosen(Node x)
        {
            var entries = new Contraction(t);
            int[] own = [.. c.Sizes.Select(entries.Label)];
            entries.Multiply(x, [.. labels.Select(l => own[l])]);
            foreach (var u in units) entries.Multiply(u.Operand, [own[u.Labels[0]]]);
            return entries.Build([.. c.Result.Select(l => own[l])]);
        }

        return OfSoftmax(t, softmax) is AddNode log ? t.Sum([.. log.Terms.Select(term => (term.Coefficient, Chosen(term.Node)))], c.Axes) : null;
    }

    // log Σ exp(z) over one axis, or over both of two.
    private static Node? OfSum(Tensors t, ContractNode c, int[] labels, Node z)
    {
        int[] kept = [.. c.Result.Select(l => Array.IndexOf(labels, l))];
        int[] summed = [.. Enumerable.Range(0, labels.Length).Where(a => labels[a] >= c.ResultLabels)];
        if (kept.Contains(-1) || labels.Distinct().Count() != labels.Length || summed.Length is 0 or > 2 || (summed.Length == 2 && kept.Length > 0)) return null;
        const string letters = "abcdefghijklmnop";
        string from = letters[..labels.Length], to = string.Concat(kept.Concat(summed).Select(a => letters[a]));
        return t.Apply(OperatorTable.Get<LogSumExp>(), t.Einsum($"{from}->{to}", z), summed.Length);
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Log(x[0]);
}
