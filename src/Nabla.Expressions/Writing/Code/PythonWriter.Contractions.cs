using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing.Code;

/// <content>Contractions: broadcasting, matrix products, einsum, and places by index arrays.</content>
internal sealed partial class PythonWriter
{
    /// <summary>A factor on its way: its text, and a label for each axis; the tensor where it is an inverse that may be solved with.</summary>
    private sealed record Piece(string Text, int[] Labels, Node? Inverse = null);

    private string Contract(ContractNode c)
    {
        var substitutions = new Dictionary<int, Substitution>();
        var offsets = new Dictionary<int, string>();
        var rest = c.Factors.Where(f => !Substitute(f, substitutions, offsets)).ToList();
        string Size(int l) => _sizes.Factor(c.Sizes[l]);

        var numbers = new List<string>();
        var pieces = new List<Piece>();
        foreach (var f in rest)
        {
            string text = Raised(f, c);
            if (f.Labels.Length == 0) numbers.Add(text);
            else pieces.Add(Picked(f, text, c, substitutions, offsets));
        }
        var places = Substitution.Places(c.Result, substitutions);
        var borne = pieces.SelectMany(p => p.Labels).ToHashSet();
        for (int l = 0; l < c.Sizes.Count; l++)
            if (!borne.Contains(l) && !places.Contains(l) && !substitutions.ContainsKey(l)) numbers.Add(Size(l));
        numbers.AddRange(pieces.Where(p => p.Labels.Length == 0).Select(p => p.Text));
        pieces.RemoveAll(p => p.Labels.Length == 0);

        var product = pieces.Count == 0 ? new Piece("", []) : Multiplied(pieces, places, c);
        string value = product.Labels.Length == 0 && product.Text.Length == 0 ? "" : Aligned(product, places);
        if (numbers.Count > 0) value = string.Join("*", value.Length > 0 ? numbers.Append(value) : numbers);
        if (value.Length == 0) value = "1";
        bool isPlain = !c.Result.Any(substitutions.ContainsKey) && places.Length == c.Result.Count;
        if (isPlain)
        {
            if (places.Length == 0 || places.All(borne.Contains)) return value;
            return product.Labels.Length == 0 ? $"{Broadcast(value is "1" ? _dialect.Full("()", "1") : $"({value})*{_dialect.Full("()", "1")}", c.Axes)}" : Broadcast(value, c.Axes);
        }
        // The diagonal of a matrix has a word of its own.
        if (substitutions.Count == 0 && c.Result.Count == 2 && borne.Contains(c.Result[0])) return $"{_dialect.Module}.diag({value})";
        string[] index = [.. c.Result.Select(l => Index(l, places, c, substitutions, offsets))];
        string zeros = _dialect.Zeros(Shape(c.Axes));
        if (_dialect.IsJax) return $"{zeros}.at[{string.Join(", ", index)}].set({value})";
        string name = Assigned(zeros);
        _lines.Add($"{name}[{string.Join(", ", index)}] = {(_dialect.IsTorch && value.All(ch => char.IsDigit(ch) || ch == '.') ? $"float({value})" : value)}");
        return name;
    }

    // The sizes before a part of a block are names: where the part begins is an expression.
    private bool Substitute(Factor f, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets) => Substitution.Take(f, substitutions, u => u.Index - 1, e =>
    {
        offsets[f.Labels[0]] = string.Join(" + ", e.Parts.Take(e.Part).Select(_sizes.Of));
        return 0;
    });

    // A factor with its selected places or its diagonal taken out.
    private Piece Picked(Factor f, string text, ContractNode c, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets)
    {
        if (f.Labels.Distinct().Count() == f.Labels.Length && !f.Labels.Any(substitutions.ContainsKey))
            return new(text, f.Labels, f is { IsPlain: true, Operand: ApplyNode { Function: Inverse, Batch: 0 } inverse } && !_written.ContainsKey(inverse) ? inverse : null);
        int[] places = Substitution.Places(f.Labels, substitutions);
        if (text.Length == 0) text = Of(f.Operand);
        return new($"{Brackets.Closed(text)}[{string.Join(", ", f.Labels.Select(l => Index(l, places, c, substitutions, offsets)))}]", places);
    }

    // The places along an axis, as an array that broadcasts over the given labels.
    private string Index(int label, int[] places, ContractNode c, Dictionary<int, Substitution> substitutions, Dictionary<int, string> offsets)
    {
        if (substitutions.TryGetValue(label, out var s))
        {
            if (s.Slow < 0) return $"{s.Offset}";
            string slow = Index(s.Slow, places, c, substitutions, offsets);
            if (s.Fast >= 0) return $"{slow}*{_sizes.Factor(c.Sizes[s.Fast])} + {Index(s.Fast, places, c, substitutions, offsets)}";
            return offsets[label].Length == 0 ? slow : $"{offsets[label]} + {slow}";
        }
        int at = Array.IndexOf(places, label);
        string range = $"{_dialect.Module}.arange({_sizes.Of(c.Sizes[label])})";
        return at == places.Length - 1 ? range : $"{range}[:, {string.Join(", ", Enumerable.Repeat("None", places.Length - 1 - at))}]";
    }

    private string Raised(Factor f, ContractNode product)
    {
        if (f.IsPlain && f.Operand is ApplyNode { Function: Inverse, Batch: 0 } && !_written.ContainsKey(f.Operand)) return "";
        string x = Of(f.Operand);
        if (f.IsPlain) return x;
        double e = f.Exponent.ToDouble();
        if (_uses.IsSubgradient(f, product)) return $"norm_power({InArray(x, f.Operand)}, {e.ToString("R", System.Globalization.CultureInfo.InvariantCulture)})";
        return e switch
        {
            0.5 => _dialect.Root(InArray(x, f.Operand)),
            -0.5 => $"(1/{_dialect.Root(InArray(x, f.Operand))})",
            < 0 when f.Exponent.IsInteger => $"(1/{x}{(e == -1 ? "" : $"**{-f.Exponent.Numerator}")})",
            _ => $"{x}**{Text(f.Exponent)}",
        };
    }

    // A number of Python's own where an array is wanted.
    private string InArray(string x, Node node) => node.Order == 0 && IsNumber(node) ? _dialect.Full("()", x) : x;

    private Piece Multiplied(List<Piece> pieces, int[] result, ContractNode c)
    {
        double[] sizes = [.. c.Sizes.Select(CodeSizes.Nominal)];
        var wanted = Part.SetOf(result);
        var pending = pieces.Select(p => (Piece?)p).ToList();
        foreach (var (a, b) in ContractionOrder.Find([.. pieces.Select(p => Part.SetOf(p.Labels))], wanted, sizes))
        {
            var (x, y) = (pending[a]!, pending[b]!);
            pending[a] = pending[b] = null;
            var kept = result.Concat(pending.OfType<Piece>().SelectMany(p => p.Labels)).ToHashSet();
            pending.Add(Product(x, y, kept, result));
        }
        return SummedOut(Dense(pending[^1]!), result.ToHashSet());
    }

    private Piece Dense(Piece piece) => piece.Inverse is { } inverse ? piece with { Text = Of(inverse), Inverse = null } : piece;

    private Piece SummedOut(Piece piece, HashSet<int> kept)
    {
        int[] axes = [.. Enumerable.Range(0, piece.Labels.Length).Where(a => !kept.Contains(piece.Labels[a]))];
        if (axes.Length == 0) return piece;
        return new(Named(_dialect.Sum(Dense(piece).Text, axes, axes.Length == piece.Labels.Length)), [.. piece.Labels.Where(kept.Contains)]);
    }

    private string Named(string text) => text.Length > LongestInline ? Assigned(text) : text;

    private Piece Product(Piece x, Piece y, HashSet<int> kept, int[] result)
    {
        x = SummedOut(x, [.. kept, .. y.Labels]);
        y = SummedOut(y, [.. kept, .. x.Labels]);
        int[] summed = [.. x.Labels.Where(l => y.Labels.Contains(l) && !kept.Contains(l))];
        if (Solved(x, y, summed, kept) is { } solved || Solved(y, x, summed, kept) is { } other && (solved = other) is not null) return solved;
        (x, y) = (Dense(x), Dense(y));
        if (summed.Length == 0)
        {
            int[] union = [.. result.Where(l => x.Labels.Contains(l) || y.Labels.Contains(l)), .. x.Labels.Concat(y.Labels).Distinct().Where(l => !result.Contains(l))];
            return new($"({Aligned(x, union)}*{Aligned(y, union)})", union);
        }
        int[] batch = [.. x.Labels.Where(l => y.Labels.Contains(l) && kept.Contains(l))];
        if (summed.Length == 1 && batch.Length == 0 && x.Labels.Length <= 2 && y.Labels.Length <= 2)
        {
            string left = x.Labels.Length == 2 && x.Labels[0] == summed[0] ? $"{Brackets.Closed(x.Text)}.T" : x.Text, right = y.Labels.Length == 2 && y.Labels[1] == summed[0] ? $"{Brackets.Closed(y.Text)}.T" : y.Text;
            return new(Bracketed($"{left} @ {right}"), [.. x.Labels.Where(l => l != summed[0]), .. y.Labels.Where(l => l != summed[0])]);
        }
        int[] labels = [.. result.Where(l => kept.Contains(l) && (x.Labels.Contains(l) || y.Labels.Contains(l))), .. x.Labels.Concat(y.Labels).Distinct().Where(l => kept.Contains(l) && !result.Contains(l))];
        var letters = new Dictionary<int, char>();
        string Letters(int[] list) => string.Concat(list.Select(l => letters.TryGetValue(l, out char letter) ? letter : letters[l] = (char)(letters.Count < 26 ? 'a' + letters.Count : 'A' + letters.Count - 26)));
        return new(Assigned($"{_dialect.Module}.einsum('{Letters(x.Labels)},{Letters(y.Labels)}->{Letters(labels)}', {x.Text}, {y.Text})"), labels);
    }

    private string Bracketed(string text) => text.Length > LongestInline ? Assigned(text) : $"({text})";

    private Piece? Solved(Piece x, Piece y, int[] summed, HashSet<int> kept)
    {
        if (x.Inverse is not ApplyNode inverse || summed.Length != 1 || y.Inverse is not null || y.Labels.Length > 2) return null;
        int free = x.Labels[0] == summed[0] ? x.Labels[1] : x.Labels[0];
        if (y.Labels.Contains(free) || !kept.Contains(free)) return null;
        string matrix = Of(inverse.Argument), right = y.Text;
        if (x.Labels[0] == summed[0] && !Signs.IsSymmetric(inverse.Argument)) matrix = $"{Brackets.Closed(matrix)}.T";
        if (y.Labels.Length == 2 && y.Labels[1] == summed[0]) right = $"{Brackets.Closed(right)}.T";
        return new(Named($"{_dialect.Module}.linalg.solve({matrix}, {right})"), [free, .. y.Labels.Where(l => l != summed[0])]);
    }

    // A piece whose axes broadcast against the given labels.
    private string Aligned(Piece piece, int[] labels)
    {
        int[] order = [.. Enumerable.Range(0, piece.Labels.Length).OrderBy(a => Array.IndexOf(labels, piece.Labels[a]))];
        string text = piece.Text;
        if (!order.SequenceEqual(Enumerable.Range(0, order.Length))) text = _dialect.Permute(Brackets.Closed(text), order);
        int[] present = [.. labels.Where(l => piece.Labels.Contains(l))];
        if (present.Length == 0) return text;
        int first = Array.IndexOf(labels, present[0]);
        if (labels.AsSpan(first).SequenceEqual(present)) return text;
        return $"{Brackets.Closed(text)}[{string.Join(", ", labels[first..].Select(l => present.Contains(l) ? ":" : "None"))}]";
    }

    private string Selection(Node node)
    {
        string name = Assigned(_dialect.Zeros(Shape(node.Axes)));
        string index = node switch
        {
            UnitNode u => $"{u.Index - 1}",
            EmbedNode e => $"{string.Join(" + ", e.Parts.Take(e.Part).Select(_sizes.Of).Append($"{_dialect.Module}.arange({_sizes.Of(e.Axes[1])})"))}, {_dialect.Module}.arange({_sizes.Of(e.Axes[1])})",
            _ => $"{_dialect.Module}.arange({_sizes.Of(node.Axes[1])})[:, None]*{_sizes.Factor(node.Axes[2])} + {_dialect.Module}.arange({_sizes.Of(node.Axes[2])}), {_dialect.Module}.arange({_sizes.Of(node.Axes[1])})[:, None], {_dialect.Module}.arange({_sizes.Of(node.Axes[2])})",
        };
        if (!_dialect.IsJax)
        {
            _lines.Add($"{name}[{index}] = 1");
            return name;
        }
        return Assigned($"{name}.at[{index}].set(1)");
    }
}
