using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Reads sums of embedded parts as blocks: <c>[x; y]</c>, <c>[A, B]</c>.</summary>
internal static class Blocks
{
    /// <summary>The block form of a sum whose terms fill all parts of one axis, or null.</summary>
    public static Form? Write(MatrixWriter writer, AddNode sum)
    {
        for (int axis = 0; axis < sum.Order; axis++)
            if (Along(writer, sum, axis) is { } form) return form;
        return null;
    }

    private static Form? Along(MatrixWriter writer, AddNode sum, int axis)
    {
        IReadOnlyList<Dimension>? parts = null;
        List<(Coefficient, Node)>?[] pieces = [];
        foreach (var (coefficient, node) in sum.Terms)
        {
            if (node is not ContractNode { HasDelta: false } c) return null;
            int k = Embedding(c, axis);
            if (k < 0) return null;
            var embedding = (EmbedNode)c.Factors[k].Operand;
            if (parts is null) (parts, pieces) = (embedding.Parts, new List<(Coefficient, Node)>?[embedding.Parts.Count]);
            else if (!parts.SequenceEqual(embedding.Parts)) return null;
            var rest = new Contraction(writer.Tensors);
            int[] labels = [.. c.Sizes.Select(rest.Label)];
            var others = c.Factors.Where((_, i) => i != k).ToArray();
            foreach (var f in others) rest.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
            int[] result = [.. c.Result.Select((l, a) => labels[a == axis ? c.Factors[k].Labels[1] : l])];
            (pieces[embedding.Part] ??= []).Add((coefficient, rest.BuildPart(result, [.. others.SelectMany(f => f.Labels).Select(l => labels[l]), .. result])));
        }
        if (parts is null || pieces.Contains(null)) return null;
        var forms = new Form[pieces.Length];
        for (int p = 0; p < forms.Length; p++)
        {
            Dimension[] axes = [.. sum.Axes];
            axes[axis] = parts[p];
            if (Piece(writer, writer.Tensors.Sum(pieces[p]!, axes), axis) is not { } form) return null;
            forms[p] = form;
        }
        return Form.Block(axis == 0, sum.Order == 1 ? Kind.Column : Kind.Matrix, forms);
    }

    // A part of one row or column is written as a row, column or scalar.
    private static Form? Piece(MatrixWriter writer, Node part, int axis)
    {
        if (part.Axes[axis].Size != 1 || !Broadcast.Of(part)[axis]) return writer.Write(part);
        var form = writer.Write(Broadcast.Drop(writer.Tensors, part, [.. Enumerable.Range(0, part.Order).Select(a => a == axis)]));
        return part.Order == 2 && axis == 0 ? form?.Transpose() : form;
    }

    // The factor that embeds a part in a result axis, its inner label borne by nothing but the rest.
    private static int Embedding(ContractNode c, int axis)
    {
        for (int k = 0; k < c.Factors.Count; k++)
            if (c.Factors[k] is { IsPlain: true, Operand: EmbedNode } f && f.Labels[0] == c.Result[axis]
                && !c.Factors.Where((_, i) => i != k).Any(g => g.Labels.Contains(f.Labels[0])) && !c.Result.Contains(f.Labels[1])) return k;
        return -1;
    }
}
