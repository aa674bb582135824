using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing.Code;

/// <content>Contractions: products of matrices where they are such, else loops.</content>
internal sealed partial class LoopWriter
{
    /// <summary>A product of factors that is not computed yet; a factor is a variable, or a tensor whose entries can be written.</summary>
    private sealed record Piece(IReadOnlyList<(string? Name, Factor Factor)> Factors, int[] Labels);

    // Computes a contraction, or adds a multiple of it into an array that is there.
    private string Contract(ContractNode c, (string Name, Coefficient Multiple)? into = null)
    {
        var substitutions = new Dictionary<int, Substitution>();
        var offsets = new Dictionary<int, string>();
        var pieces = new List<Piece>();
        var scalars = new List<(string? Name, Factor Factor)>();
        var rest = c.Factors.Where(f => !Substitute(f, substitutions, offsets)).ToList();
        foreach (var f in rest)
        {
            if (!IsSolvable(f)) PrepareOperand(f.Operand);
            if (f.Labels.Length == 0) scalars.Add((null, f));
            else pieces.Add(new([(null, f)], Substitution.Places(f.Labels, substitutions)));
        }
        var result = Substitution.Places(c.Result, substitutions);
        var borne = pieces.SelectMany(p => p.Labels).ToHashSet();
        var counted = Enumerable.Range(0, c.Sizes.Count).Where(l => !borne.Contains(l) && !result.Contains(l) && !substitutions.ContainsKey(l)).Select(l => _sizes.Factor(c.Sizes[l])).ToArray();
        var product = pieces.Count == 0 ? new Piece([], []) : Multiplied(pieces, result, c, substitutions, offsets);
        product = new([.. product.Factors, .. scalars], product.Labels);
        // An inverse that nothing is solved with is made before the loop that reads it.
        foreach (var (made, f) in product.Factors) if (made is null) PrepareOperand(f.Operand);

        // A finished product in the right order is the result itself.
        if (into is null && substitutions.Count == 0 && counted.Length == 0 && product.Factors is [{ Name: { } done, Factor: var only }] && only.IsPlain && only.Labels.SequenceEqual(c.Result) && result.Length == c.Result.Count) return done;
        var index = Indices(result);
        if (c.Order == 0)
        {
            string value = Value(), scalar = Fresh();
            Line(_dialect.Scalar(scalar, value));
            return scalar;
        }
        string name = into?.Name ?? Zeros(SizesOf(c.Axes));
        Looped([.. result.Select(l => index[l])], [.. result.Select(l => _sizes.Factor(c.Sizes[l]))], () =>
        {
            string place = _dialect.Entry(name, [.. c.Result.Select(l => Place(l, index, c, substitutions, offsets))], SizesOf(c.Axes), true), value = Value();
            Line(into is not var (_, multiple) ? _dialect.SetTo(place, value) : _dialect.AddTo(place, multiple.IsOne ? value : $"{LoopDialect.Number(multiple.ToDouble())}*{value}"));
        });
        Release(index.Values);
        return name;

        string Value() => string.Join("*", counted.Concat(product.Factors.Select(f => Entry(f, index, c, substitutions, offsets)))) is { Length: > 0 } text ? text : "1.0";
    }

    private Dictionary<int, string> Indices(IEnumerable<int> labels) => labels.ToDictionary(l => l, _ => _identifiers.Index());

    // The sizes before a part of a block are names: where the part begins is an expression.
    private bool Substitute(Factor f, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets) => Substitution.Take(f, substitutions, u => u.Index - 1, e =>
    {
        offsets[f.Labels[0]] = string.Join(" + ", e.Parts.Take(e.Part).Select(_sizes.Of));
        return 0;
    });

    // The place along an axis.
    private string Place(int label, Dictionary<int, string> index, ContractNode c, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets)
    {
        if (!substitutions.TryGetValue(label, out var s)) return index[label];
        if (s.Slow < 0) return $"{s.Offset + _dialect.Origin}";
        string slow = Place(s.Slow, index, c, substitutions, offsets);
        if (s.Fast < 0) return offsets[label].Length == 0 ? slow : $"({offsets[label]} + {slow})";
        string fast = Place(s.Fast, index, c, substitutions, offsets), size = _sizes.Factor(c.Sizes[s.Fast]);
        return _dialect.Origin == 0 ? $"({slow}*{size} + {fast})" : $"(({slow} - 1)*{size} + {fast})";
    }

    private string Entry((string? Name, Factor Factor) factor, Dictionary<int, string> index, ContractNode c, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets)
    {
        var (name, f) = factor;
        string[] places = [.. f.Labels.Select(l => Place(l, index, c, substitutions, offsets))];
        if (name is null) return Raised(Entry(f.Operand, places), f, c);
        return f.Labels.Length == 0 ? name : _dialect.Entry(name, places, [.. f.Labels.Select(l => _sizes.Factor(c.Sizes[l]))]);
    }

    private static bool IsSolvable(Factor f) => f is { IsPlain: true, Operand: ApplyNode { Function: Inverse, Batch: 0 } } && f.Labels[0] != f.Labels[1];

    private Piece Multiplied(List<Piece> pieces, int[] result, ContractNode c, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets)
    {
        double[] sizes = [.. c.Sizes.Select(CodeSizes.Nominal)];
        var pending = pieces.Select(p => (Piece?)p).ToList();
        foreach (var (a, b) in ContractionOrder.Find([.. pieces.Select(p => Part.SetOf(p.Labels))], Part.SetOf(result), sizes))
        {
            var (x, y) = (pending[a]!, pending[b]!);
            pending[a] = pending[b] = null;
            var kept = result.Concat(pending.OfType<Piece>().SelectMany(p => p.Labels)).ToHashSet();
            pending.Add(Product(x, y, kept));
        }
        return SummedOut(pending[^1]!, result.ToHashSet());

        Piece SummedOut(Piece piece, HashSet<int> kept) => Array.TrueForAll(piece.Labels, kept.Contains) ? piece : Looping(piece.Factors, [.. piece.Labels.Where(kept.Contains)], [.. piece.Labels.Where(l => !kept.Contains(l))]);

        Piece Product(Piece x, Piece y, HashSet<int> kept)
        {
            x = SummedOut(x, [.. kept, .. y.Labels]);
            y = SummedOut(y, [.. kept, .. x.Labels]);
            int[] summed = [.. x.Labels.Where(l => y.Labels.Contains(l) && !kept.Contains(l))], union = [.. x.Labels.Concat(y.Labels).Distinct().Where(kept.Contains)];
            if (summed.Length == 0) return new([.. x.Factors, .. y.Factors], union);
            if (summed.Length == 1 && substitutions.Count == 0 && union.Length == x.Labels.Length + y.Labels.Length - 2 && (Solved(x, y, summed[0], c) ?? Solved(y, x, summed[0], c) ?? Native(x, y, summed[0], c)) is { } made) return made;
            return Looping([.. x.Factors, .. y.Factors], union, summed);
        }

        Piece Looping(IReadOnlyList<(string? Name, Factor Factor)> factors, int[] kept, int[] summed)
        {
            foreach (var f in factors) if (f.Name is null) PrepareOperand(f.Factor.Operand);
            var index = Indices(kept.Concat(summed));
            string[] lengths = [.. kept.Select(l => _sizes.Factor(c.Sizes[l]))];
            string name = kept.Length == 0 ? Fresh() : Zeros(lengths);
            if (kept.Length == 0) Line(_dialect.Scalar(name, "0.0"));
            string place = kept.Length == 0 ? name : _dialect.Entry(name, [.. kept.Select(l => index[l])], lengths, true);
            Looped([.. kept.Concat(summed).Select(l => index[l])], [.. kept.Concat(summed).Select(l => _sizes.Factor(c.Sizes[l]))],
                () => Line(_dialect.AddTo(place, string.Join("*", factors.Select(f => Entry(f, index, c, substitutions, offsets))))));
            Release(index.Values);
            return Done(name, kept);
        }
    }

    private static Piece Done(string name, int[] labels) => new([(name, new Factor(null!, labels, 1))], labels);

    // The variable that holds a piece, where there is one: a single factor of at most two axes, none twice.
    private (string Name, int[] Labels)? Single(Piece piece, ContractNode c)
    {
        if (piece.Factors.Count > 1 && piece.Labels.Length <= 2 && piece.Factors.All(f => f.Factor.Labels.Distinct().Count() == f.Factor.Labels.Length))
        {
            // A scaled matrix or a product of vectors is made first.
            foreach (var f in piece.Factors) if (f.Name is null) PrepareOperand(f.Factor.Operand);
            var index = Indices(piece.Labels);
            string[] lengths = [.. piece.Labels.Select(l => _sizes.Factor(c.Sizes[l]))];
            string made = Zeros(lengths);
            Looped([.. piece.Labels.Select(l => index[l])], lengths, () => Line(_dialect.SetTo(_dialect.Entry(made, [.. piece.Labels.Select(l => index[l])], lengths, true), string.Join("*", piece.Factors.Select(f => Entry(f, index, c, [], []))))));
            Release(index.Values);
            return (made, piece.Labels);
        }
        if (piece.Factors is not [var (name, factor)] || !factor.IsPlain || factor.Labels.Length > 2 || factor.Labels.Distinct().Count() < factor.Labels.Length) return null;
        return (name ?? Name(factor.Operand), factor.Labels);
    }

    private Piece? Native(Piece x, Piece y, int over, ContractNode c)
    {
        if (x.Labels.Length > 2 || y.Labels.Length > 2 || Single(x, c) is not var (a, la) || Single(y, c) is not var (b, lb)) return null;
        bool aTurned = la.Length == 2 && la[0] == over, bTurned = lb.Length == 2 && lb[1] == over;
        int[] labels = [.. la.Where(l => l != over), .. lb.Where(l => l != over)];
        return Done(Stored(_dialect.Product(a, aTurned, la.Length, b, bTurned, lb.Length), labels.Length == 0), labels);
    }

    private Piece? Solved(Piece x, Piece y, int over, ContractNode c)
    {
        if (x.Factors is not [{ Name: null, Factor: var f }] || !IsSolvable(f) || _names.ContainsKey(f.Operand) || y.Labels.Length > 2) return null;
        if (y.Factors is [{ Name: null, Factor: var g }] && IsSolvable(g)) return null;
        if (Single(y, c) is not var (right, labels)) return null;
        string factors = Factors(((ApplyNode)f.Operand).Argument, out bool isPositiveDefinite);
        int free = f.Labels[0] == over ? f.Labels[1] : f.Labels[0];
        string value = _dialect.Solution(factors, right, f.Labels[0] == over, labels.Length == 2 && labels[1] == over, isPositiveDefinite);
        return Done(Stored(value, false), [free, .. labels.Where(l => l != over)]);
    }
}
