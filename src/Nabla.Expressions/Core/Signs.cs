using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>What can be proven of a tensor without knowing values: the sign of its entries, symmetry, positive definiteness.</summary>
internal static class Signs
{
    /// <summary>The sign of every entry, as far as it is known.</summary>
    public static Sign Of(Node node) => node.KnownSign ??= Find(node);

    /// <summary>Whether every entry is known to be at least zero.</summary>
    public static bool IsNonnegative(Node node) => Of(node).HasFlag(Sign.Nonnegative);

    /// <summary>Whether every entry is known to be at most zero: the terms of a sum with their signs changed.</summary>
    public static bool IsNonpositive(Node node) => node is AddNode { IsZero: false } sum
        && (sum.Terms.All(t => t.Coefficient.Sign < 0 && IsNonnegative(t.Node)) || Saturation.Of(sum) is { Scale.Sign: < 0, Whole: var whole } && IsNonnegative(whole));

    /// <summary>Whether one tensor is known to be the other with its sign changed.</summary>
    public static bool AreOpposite(Node a, Node b)
    {
        IReadOnlyList<(Coefficient Coefficient, Node Node)> left = (a as AddNode)?.Terms ?? [(1, a)], right = (b as AddNode)?.Terms ?? [(1, b)];
        return left.Count == right.Count && left.Zip(right).All(p => ReferenceEquals(p.First.Node, p.Second.Node) && p.First.Coefficient == -p.Second.Coefficient);
    }

    /// <summary>Whether no entry can be zero.</summary>
    public static bool IsNonzero(Node node) => Of(node).HasFlag(Sign.Nonzero);

    /// <summary>Whether every entry is known to be above zero.</summary>
    public static bool IsPositive(Node node) => Of(node) == Sign.Positive;

    /// <summary>Whether a tensor of two axes is known to equal its transpose.</summary>
    public static bool IsSymmetric(Node node) => node.Order == 2 && (node switch
    {
        SymbolNode s => s.Properties.HasFlag(Properties.Symmetric),
        MapNode { Arguments.Count: 1 } m => IsSymmetric(m.Arguments[0]),
        ApplyNode { Function.KeepsSymmetry: true } a => IsSymmetric(a.Argument),
        _ => ReferenceEquals(node.Transposed, node),
    });

    /// <summary>Whether a matrix is known to be positive definite.</summary>
    public static bool IsPositiveDefinite(Node node) => node switch
    {
        SymbolNode s => s.Properties.HasFlag(Properties.PositiveDefinite),
        ApplyNode { Function.KeepsSymmetry: true } a => IsPositiveDefinite(a.Argument),
        _ => false,
    };

    private static Sign Find(Node node) => node switch
    {
        SymbolNode s => (s.Properties.HasFlag(Properties.Nonzero) ? Sign.Nonzero : Sign.Unknown) | (s.Properties.HasFlag(Properties.Nonnegative) ? Sign.Nonnegative : Sign.Unknown),
        LiteralNode l => l.Entries.All(e => e.Sign > 0) ? Sign.Positive : l.Entries.All(e => e.Sign >= 0) ? Sign.Nonnegative : l.Entries.All(e => e.Sign != 0) ? Sign.Nonzero : Sign.Unknown,
        UnitNode or EmbedNode or PairNode => Sign.Nonnegative,
        MapNode m => m.Function.SignOf([.. m.Arguments.Select(Of)]),
        ApplyNode a => a.Function.SignOf(Of(a.Argument)),
        AddNode a => OfSum(a),
        ContractNode c => OfProduct(c),
        _ => Sign.Unknown,
    };

    private static Sign OfSum(AddNode sum)
    {
        if (sum.IsZero) return Sign.Nonnegative;
        // What a sigmoid or a square of tanh lacks to 1 is positive.
        if (Saturation.Of(sum) is { } saturation) return saturation.Scale.Sign > 0 ? Of(saturation.Whole) : Of(saturation.Whole) & Sign.Nonzero;
        var sign = Sign.Nonnegative;
        foreach (var (coefficient, node) in sum.Terms)
        {
            var term = Of(node);
            if (sum.Terms.Count == 1 && coefficient.Sign < 0) return term & Sign.Nonzero;
            if (coefficient.Sign <= 0 || !term.HasFlag(Sign.Nonnegative)) return sum.Terms.Count == 1 ? term : Sign.Unknown;
            if (term == Sign.Positive) sign = Sign.Positive;
        }
        return sign;
    }

    private static Sign OfProduct(ContractNode product)
    {
        var sign = Sign.Positive;
        foreach (var f in product.Factors) sign &= OfPower(f);
        if (sign != Sign.Positive && IsQuadraticForm(product)) sign |= Sign.Nonnegative;
        if (product.HasDelta || (product.Sums && sign != Sign.Positive)) sign &= Sign.Nonnegative;
        return sign;
    }

    private static Sign OfPower(Factor f)
    {
        var sign = Of(f.Operand);
        if (f.Exponent is { IsInteger: true } && f.Exponent.Numerator.IsEven) sign |= Sign.Nonnegative;
        if (!f.Exponent.IsInteger) sign |= Sign.Nonnegative;
        // A negative power has no zero: where the base is zero there is no value.
        if (f.Exponent.Sign < 0) sign |= Sign.Nonzero;
        return sign;
    }

    // x'*S*x with S positive definite.
    private static bool IsQuadraticForm(ContractNode c)
    {
        if (c.Order != 0 || c.Factors.Count != 3) return false;
        foreach (var f in c.Factors)
        {
            if (f.Operand.Order != 2 || !f.IsPlain || f.Labels[0] == f.Labels[1] || !IsPositiveDefinite(f.Operand)) continue;
            var rest = c.Factors.Where(g => !g.Labels.AsSpan().SequenceEqual(f.Labels) || !ReferenceEquals(g.Operand, f.Operand)).ToArray();
            return rest.Length == 2 && ReferenceEquals(rest[0].Operand, rest[1].Operand) && rest[0].Exponent == rest[1].Exponent
                && rest[0].Operand.Order == 1 && rest[0].Labels[0] != rest[1].Labels[0];
        }
        return false;
    }
}
