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
        new("log-of-sigmoid", "log(sigmoid(x))", "-softplus(-x)", "x in R^n"),
        new("log-of-softmax", "log(softmax(x))", "x - lse(x)", "x in R^n"),
        new("log-of-sum-of-exponentials", "log(sum(exp(x)))", "lse(x)", "x in R^n"),
        new("log-of-determinant", "log(det(X))", "logdet(X)", "X in R^(n x n) positive definite"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => x[0] switch
    {
        MapNode { Function: Exp, Arguments: [var z] } => z,
        AddNode sum when StableForms.OnePlusExp(sum) is { } z => t.Map(OperatorTable.Get<Softplus>(), z),
        MapNode { Function: Sigmoid, Arguments: [var z] } => t.Scale(-1, t.Map(OperatorTable.Get<Softplus>(), t.Scale(-1, z))),
        ApplyNode { Function: Softmax } softmax => OfSoftmax(t, softmax),
        // The logarithm exists where the determinant is positive, and there it is logdet.
        ApplyNode { Function: Determinant } det => t.Apply(OperatorTable.Get<LogDeterminant>(), det.Argument, det.Operated),
        ContractNode { HasDelta: false, Factors: [{ IsPlain: true, Operand: MapNode { Function: Exp, Arguments: [var z] } } factor] } c => OfSum(t, c, factor.Labels, z),
        _ => null,
    };

    private static Node OfSoftmax(Tensors t, ApplyNode softmax)
    {
        string ij = "ij"[..softmax.Operated];
        var lse = t.Apply(OperatorTable.Get<LogSumExp>(), softmax.Argument, softmax.Operated);
        return t.Subtract(softmax.Argument, t.Einsum($"...,...{ij}->...{ij}", lse, t.Constant(1, softmax.Axes)));
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
