using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

internal sealed partial class Typing
{
    private readonly List<(string Name, Dimension Range)> _indices = [];
    private readonly List<bool> _indexed = [];

    private Shape Reduction(ReductionSyntax reduction)
    {
        int start = _indices.Count;
        var ranges = new Dimension[reduction.Indices.Count];
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = Dimensions.Fresh();
            _indices.Add((reduction.Indices[i], ranges[i]));
            _indexed.Add(false);
        }
        _ranges[reduction] = ranges;
        var shape = Infer(reduction.Body);
        int unused = _indexed.IndexOf(false, start);
        if (unused >= 0)
            throw Final(ErrorCode.Kind, $"The index {_indices[unused].Name} of this {reduction.Function} indexes nothing, so that its range is not known.", reduction.Place);
        _indices.RemoveRange(start, ranges.Length);
        _indexed.RemoveRange(start, ranges.Length);
        return shape;
    }

    private Shape Index(IndexSyntax index)
    {
        var operand = Infer(index.Operand);
        (Site, SiteCount) = (index, int.MaxValue);
        int axes = operand.Axes.Count;
        if (axes != index.Indices.Count)
        {
            string text = Text(index.Operand);
            string needs = operand.Kind switch
            {
                // An index binds closer than a power: A^2[1,2] indexes the 2.
                Kind.Scalar when index.Operand is NumberSyntax => "a number and has no entries; an entry of a power is written (A^2)[1,2]",
                Kind.Scalar => $"a scalar and cannot be indexed",
                Kind.Matrix => $"{Dimensions.Resolve(operand)} and takes two indices, as in {text}[1,:]",
                _ => $"a {Dimensions.Resolve(operand)} and takes one index, as in {text}[1]",
            };
            throw new NablaException(ErrorCode.Kind, $"{text} is {needs}, but here {(index.Indices.Count == 1 ? "is 1" : $"are {index.Indices.Count}")}.", index.Place);
        }
        bool keepsRows = Position(index, 0, operand.Kind == Kind.Row ? operand.Columns : operand.Rows);
        if (axes == 1) return keepsRows ? operand : Shape.Scalar;
        bool keepsColumns = Position(index, 1, operand.Columns);
        return (keepsRows, keepsColumns) switch
        {
            (true, true) => operand,
            (true, false) => Shape.Column(operand.Rows),
            (false, true) => Shape.Row(operand.Columns),
            _ => Shape.Scalar,
        };
    }

    // Whether an index leaves its axis as it is.
    private bool Position(IndexSyntax index, int k, Dimension axis)
    {
        var position = index.Indices[k];
        if (position is null) return true;
        if (position is NameSyntax name && _indices.FindLastIndex(i => i.Name == name.Name) is >= 0 and var at)
        {
            _indexed[at] = true;
            var range = _indices[at].Range;
            Dimensions.Equate(range, axis, () => $"The index {name.Name} runs over {Dimensions.Resolve(range)}, but {Text(index.Operand)} has {Dimensions.Resolve(axis)} entries there.", name.Place);
            return false;
        }
        if (Constants.Of(position) is not { } number)
            throw new NablaException(ErrorCode.Kind, position is NameSyntax unknown
                ? $"{unknown.Name} in {Text(index)} is neither a number nor the index of a sum[{unknown.Name}](...) or prod[{unknown.Name}](...)."
                : $"An index is a number, the index of a sum or a colon, but in {Text(index)} it is {Text(position)}.", position.Place);
        if (!number.IsInteger || number.Sign <= 0 || number.Numerator > int.MaxValue)
            throw new NablaException(ErrorCode.Kind, $"An index is an integer from 1 to {Dimensions.Resolve(axis)}, but in {Text(index)} it is {Text(position)}.", position.Place);
        long value = (long)number.Numerator;
        if (Dimensions.Resolve(axis).Size is not { } size) Bounds.Add((axis, value, index.Operand, position.Place));
        else if (value > size) throw OutOfRange(value, size, index.Operand, position.Place);
        return false;
    }

    /// <summary>The error for an index beyond the size of its axis.</summary>
    public static NablaException OutOfRange(long index, long size, SyntaxNode operand, Place place) =>
        new(ErrorCode.Kind, $"The index {index} is out of range: {Text(operand)} has {size} entries there.", place);

    private static string Text(SyntaxNode node) => Writing.NotationWriter.Write(node) is { Length: <= 40 } text ? text : "the operand";

    private Shape Block(BlockSyntax block)
    {
        if (block.Rows.Count == 1) return BlockRow(block, block.Rows[0]);
        Shape whole = default;
        var rows = Dimension.Of(0);
        long single = 0;
        bool narrow = true;
        for (int i = 0; i < block.Rows.Count; i++)
        {
            var row = BlockRow(block, block.Rows[i]);
            (Site, SiteCount) = (block, int.MaxValue);
            bool isNarrow = row.Kind is Kind.Scalar or Kind.Column;
            if (i == 0) (whole, narrow) = (row, isNarrow);
            int number = i + 1;
            var first = whole.Columns;
            string Message() => $"All rows of a matrix must have as many columns, but row 1 has {Dimensions.Resolve(first)} and row {number} has {Dimensions.Resolve(row.Columns)}.";
            if (isNarrow != narrow && Dimensions.Resolve(isNarrow ? first : row.Columns).Size != 1) throw new NablaException(ErrorCode.Shape, Message(), block.Place);
            narrow &= isNarrow;
            Dimensions.Equate(first, row.Columns, Message, block.Place);
            if (row.Kind is Kind.Scalar or Kind.Row) single++;
            else rows += row.Rows;
        }
        rows += Dimension.Of(single);
        return narrow ? Shape.Column(rows) : Shape.Matrix(rows, whole.Columns);
    }

    private Shape BlockRow(BlockSyntax block, IReadOnlyList<SyntaxNode> entries)
    {
        if (entries.Count == 1) return Infer(entries[0]);
        var shapes = new Shape[entries.Count];
        int tall = -1;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (Adoptable(entries[i]) is not null) continue;
            shapes[i] = Infer(entries[i]);
            if (tall < 0 && shapes[i].Kind is Kind.Column or Kind.Matrix) tall = i;
        }
        var columns = Dimension.Of(0);
        long single = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i].Rows is null)
            {
                if (tall >= 0 && Adoptable(entries[i]) is { } name) Adopt(name, Shape.Column(shapes[tall].Rows), block);
                shapes[i] = Infer(entries[i]);
            }
            (Site, SiteCount) = (block, int.MaxValue);
            var shape = shapes[i];
            bool isTall = shape.Kind is Kind.Column or Kind.Matrix;
            if (tall >= 0)
            {
                int number = i + 1;
                var height = shapes[tall].Rows;
                string Message() => $"All blocks of a row must have as many rows, but block {tall + 1} has {Dimensions.Resolve(height)} and block {number} has {Dimensions.Resolve(shape.Rows)}.";
                if (!isTall && Dimensions.Resolve(height).Size != 1) throw new NablaException(ErrorCode.Shape, Message(), block.Place);
                Dimensions.Equate(height, shape.Rows, Message, block.Place);
            }
            if (shape.Kind is Kind.Scalar or Kind.Column) single++;
            else columns += shape.Columns;
        }
        columns += Dimension.Of(single);
        return tall >= 0 ? Shape.Matrix(shapes[tall].Rows, columns) : Shape.Row(columns);
    }
}
