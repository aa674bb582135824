using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Reads a contraction as matrix notation: labels are points, matrices edges, vectors loose ends, scalars dots.</summary>
/// <remarks>
/// Series-parallel reduction: parallel edges are a Hadamard product, a summed point between two edges a matrix product, a vector on a
/// point a <c>diag</c>, a closed loop a <c>diag</c> or a <c>tr</c>. What does not reduce has no matrix expression.
/// </remarks>
internal sealed class ContractionReader(MatrixWriter writer)
{
    /// <summary>The shortest reading of a multiple of a contraction; null if there is none.</summary>
    public Form? Write(ContractNode c, Coefficient? coefficient = null)
    {
        var factor = coefficient ?? 1;
        if (c.Order > 2) return null;
        if (c.Factors.Count == 0 && c.Order == 0) return Form.Constant(factor);
        if (Kronecker.Write(writer, c) is { } kron) return MatrixWriter.Scale(factor, kron);
        if (Expansion.OpenLargeSum(writer.Tensors, c) is { } opened) return writer.WriteMultiple(factor, opened);
        var best = Read(c, factor, -1);
        // A factor that is a sum can take the sign.
        for (int i = 0; i < c.Factors.Count && writer.Budget > 0; i++)
        {
            var f = c.Factors[i];
            if (!CanTakeSign(f.Operand) || !f.Exponent.IsInteger || f.Exponent.Numerator.IsEven || writer.Named.ContainsKey(f.Operand)) continue;
            writer.Budget--;
            if (Read(c, -factor, i) is { } flipped && (best is null || flipped.Tokens < best.Tokens)) best = flipped;
        }
        if (c.Order == 0 && writer.Budget > 0 && Expansion.Rewrite(writer.Tensors, c) is { } expanded)
        {
            writer.Budget--;
            if (writer.Write(writer.Tensors.Scale(factor, expanded)) is { } gathered && (best is null || gathered.Tokens < best.Tokens)) best = gathered;
        }
        return best;
    }

    // Sums, and odd functions of sums: sign(b - a) = -sign(a - b).
    private static bool CanTakeSign(Node node) =>
        node is AddNode { Terms.Count: > 1 } or MapNode { Function.Parity: < 0, Arguments: [AddNode { Terms.Count: > 1 }] };

    private Form? Negative(Node node) => node is MapNode map
        ? writer.Write(writer.Tensors.Scale(-1, map.Arguments[0])) is { } argument ? Form.Call(map.Function.Name, MatrixWriter.KindOf(map), argument) : null
        : writer.Write(writer.Tensors.Scale(-1, node));

    private Form? Read(ContractNode c, Coefficient factor, int negated)
    {
        var graph = new Graph(c.Sizes.Count);
        var top = new List<Form>();
        var bottom = new List<Form>();
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var f = c.Factors[i];
            var form = i == negated ? Negative(f.Operand) : writer.Write(f.Operand);
            switch (f.Operand.Order)
            {
                case 0:
                    if (!Scalar(f, form, top, bottom)) return null;
                    break;
                case 1 when f.Operand is UnitNode unit:
                    graph.Select(f.Labels[0], unit.Index);
                    break;
                case 1:
                    if (form is null) return null;
                    graph.AddVector(f.Labels[0], Entry(form, f.Exponent));
                    break;
                case 2:
                    if (form is null) return null;
                    var (divides, entry) = Entry(form, f.Exponent);
                    if (f.Labels[0] == f.Labels[1]) graph.AddVector(f.Labels[0], (divides, Form.DiagonalColumn(entry)));
                    else graph.AddEdge(f.Labels[0], f.Labels[1], divides, entry);
                    break;
                case 3 when f.Operand is PairNode && f.IsPlain:
                    graph.AddPair(f.Labels[0], f.Labels[1], f.Labels[2], writer.Sizes, c.Sizes);
                    break;
                default:
                    return null;
            }
        }
        Form? tensor = null;
        if (c.Sizes.Count > 0 || c.Order > 0)
        {
            tensor = Reduce(c, graph);
            if (tensor is null) return null;
        }
        return Assemble(factor, top, tensor, bottom);
    }

    // An entry-by-entry power: negative exponents divide.
    private static (bool Divides, Form Form) Entry(Form form, Coefficient exponent) =>
        exponent.Sign < 0 ? (true, Form.Power(form, -exponent, true)) : (false, Form.Power(form, exponent, true));

    private bool Scalar(Factor f, Form? form, List<Form> top, List<Form> bottom)
    {
        var exponent = f.Exponent;
        var list = exponent.Sign < 0 ? bottom : top;
        if (exponent.Sign < 0) exponent = -exponent;
        // (v'*v)^(1/2) is norm2(v).
        if (f.Operand is ContractNode c && !writer.Named.ContainsKey(f.Operand) && Norm(c) is { } norm)
        {
            var power = Form.Power(norm, exponent * 2, false);
            if (!exponent.IsInteger || form is null || power.Tokens < Form.Power(form, exponent, false).Tokens)
            {
                list.Add(power);
                return true;
            }
        }
        if (form is null) return false;
        list.Add(Form.Power(form, exponent, false));
        return true;
    }

    /// <summary>norm2(v) of the vector or matrix whose entries' squares a scalar sums; null if it is no such sum.</summary>
    private Form? Norm(ContractNode c)
    {
        if (c.Order != 0) return null;
        if (c.Factors.All(f => f.Exponent is { IsInteger: true } e && e.Numerator.IsEven && e.Sign > 0) && c.Sizes.Count <= 2)
        {
            // A sum of squares entry by entry: the root has the same labels, all of them results.
            var root = new Contraction(writer.Tensors);
            int[] labels = [.. c.Sizes.Select(root.Label)];
            foreach (var f in c.Factors) root.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent / 2);
            return writer.Write(root.Build(labels)) is { } form ? Form.Call(form.Kind == Kind.Matrix ? "normF" : "norm2", Kind.Scalar, form) : null;
        }
        return Folded(c);
    }

    // x'*A'*A*x = norm2(A*x)^2: the contraction is the square of one half of it.
    private Form? Folded(ContractNode c)
    {
        if (c.Factors.Count is 0 or > 12 || c.Factors.Any(f => f.Operand.Order > 2)) return null;
        for (int fold = 0; fold < c.Sizes.Count; fold++)
        {
            var half = Halves(c, [fold]);
            if (half is null) continue;
            return writer.Write(half) is { } form ? Form.Call(form.Kind == Kind.Matrix ? "normF" : "norm2", Kind.Scalar, form) : null;
        }
        for (int a = 0; a < c.Sizes.Count; a++)
            for (int b = a + 1; b < c.Sizes.Count; b++)
                if (Halves(c, [a, b]) is { } half) return writer.Write(half) is { } form ? Form.Call(form.Kind == Kind.Matrix ? "normF" : "norm2", Kind.Scalar, form) : null;
        return null;
    }

    // Cuts the contraction at given labels into two components; gives one of them if both are the same tensor.
    private Node? Halves(ContractNode c, int[] cut)
    {
        if (c.Factors.Count % 2 != 0) return null;
        var component = new int[c.Sizes.Count];
        for (int l = 0; l < component.Length; l++) component[l] = l;
        int Root(int l) => component[l] == l ? l : component[l] = Root(component[l]);
        foreach (var f in c.Factors)
        {
            var inner = f.Labels.Where(l => !cut.Contains(l)).ToArray();
            for (int i = 1; i < inner.Length; i++) component[Root(inner[i])] = Root(inner[0]);
        }
        var groups = c.Factors.GroupBy(f => f.Labels.Where(l => !cut.Contains(l)).Select(l => Root(l) + 1).FirstOrDefault()).ToArray();
        if (groups.Length != 2 || groups.Any(g => g.Key == 0)) return null;
        Node? first = null;
        foreach (var group in groups)
        {
            var part = new Contraction(writer.Tensors);
            int[] labels = [.. c.Sizes.Select(part.Label)];
            var used = group.SelectMany(f => f.Labels).ToHashSet();
            if (!cut.All(used.Contains)) return null;
            foreach (var f in group) part.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
            var sub = part.BuildPart([.. cut.Select(l => labels[l])], used.Select(l => labels[l]));
            if (first is null) first = sub;
            else if (!ReferenceEquals(first, sub)) return null;
        }
        return first;
    }

    private Form? Reduce(ContractNode c, Graph graph)
    {
        if (c.Order == 0)
        {
            Form? best = null;
            if (Norm(c) is { } norm) best = Form.Power(norm, 2, false);
            for (int root = 0; root < c.Sizes.Count; root++)
            {
                if (root > 0 && --writer.Budget < 0) break;
                foreach (var reduced in graph.Copy().Eliminate([root]))
                    if (reduced.ScalarAt(root) is { } form && (best is null || form.Tokens < best.Tokens)) best = form;
            }
            return best;
        }
        Form? shortest = null;
        foreach (var reduced in graph.Eliminate([.. c.Result]))
        {
            var form = c.Order == 1 ? reduced.VectorAt(c.Result[0], writer.Sizes, c.Axes[0])
                : c.HasDelta ? reduced.DiagonalAt(c.Result[0], writer.Sizes, c.Axes[0])
                : reduced.MatrixBetween(c.Result[0], c.Result[1], writer.Sizes, c.Axes[0], c.Axes[1]);
            if (form is not null && (shortest is null || form.Tokens < shortest.Tokens)) shortest = form;
        }
        return shortest;
    }

    private static Form Assemble(Coefficient factor, List<Form> top, Form? tensor, List<Form> bottom)
    {
        bool negative = factor.Sign < 0;
        var size = negative ? -factor : factor;
        var numerator = size;
        if (size is { IsExact: true, IsInteger: false } && !Form.IsDecimal(size))
        {
            numerator = Coefficient.Rational(size.Numerator, 1);
            bottom = [Form.Constant(Coefficient.Rational(size.Denominator, 1)), .. bottom];
        }
        var factors = new List<Form>();
        if (!numerator.IsOne) factors.Add(Form.Constant(numerator));
        factors.AddRange(top);
        // A division stands after the scalars where there are some, so that no bracket is needed around what follows.
        Form? form = null;
        if (factors.Count > 0 && tensor is not null && bottom.Count > 0)
        {
            var scalars = Divided(Form.Multiply([.. factors]), bottom);
            form = Form.Multiply(scalars, tensor);
            var late = Divided(Form.Multiply([.. factors, tensor]), bottom);
            if (late.Tokens <= form.Tokens) form = late;
        }
        else
        {
            if (tensor is not null) factors.Add(tensor);
            if (factors.Count == 0) factors.Add(Form.Constant(1));
            form = Divided(Form.Multiply([.. factors]), bottom);
        }
        return negative ? Form.Negate(form) : form;
    }

    private static Form Divided(Form form, List<Form> bottom)
    {
        foreach (var b in bottom) form = Form.Divide(form, b);
        return form;
    }
}
