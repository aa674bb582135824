using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

internal sealed partial class Typing
{
    /// <summary>The size that an expression stands for: a number, the name of a dimension, <c>rows(X)</c>, <c>cols(X)</c>, sums and products of these.</summary>
    /// <exception cref="NablaException">It stands for none.</exception>
    public Dimension SizeOf(SyntaxNode node)
    {
        var size = Dimensions.Resolve(Size(node));
        return size.Size is not ({ } number and <= 0) ? size : throw Final(ErrorCode.Kind, $"A size is an integer from 1, but it is {number}.", node.Place);
    }

    private Dimension Size(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Size(node));
        if (Constants.Of(node) is { } number)
        {
            if (!number.IsInteger || number.Sign <= 0) throw Final(ErrorCode.Kind, $"A size is an integer from 1, but it is {Text(node)}.", node.Place);
            return number.Numerator <= int.MaxValue
                ? Dimension.Of((long)number.Numerator)
                : throw Final(ErrorCode.Limit, $"A size may be at most {int.MaxValue}, but it is {Text(node)}.", node.Place);
        }
        switch (node)
        {
            case NameSyntax name:
                if (!_names.Bound.TryGetValue(name.Name, out var value) || !_environment.TryGetValue(name.Name, out var shape)) return Dimension.Named(name.Name);
                if (value is null || shape.Kind != Kind.Scalar) throw NoSize(node);
                return Size(value);
            case CallSyntax { Function: "rows", Arguments: [var matrix] }:
                return Infer(matrix).Rows;
            case CallSyntax { Function: "cols", Arguments: [var matrix] }:
                return Infer(matrix).Columns;
            case SumSyntax sum:
                var total = Dimension.Of(0);
                foreach (var term in sum.Terms)
                {
                    var size = Constants.Of(term.Operand) is { IsInteger: true } part && part.Numerator <= int.MaxValue && part.Numerator >= -int.MaxValue
                        ? Dimension.Of((long)part.Numerator) : Size(term.Operand);
                    total = term.Negative ? total - size : total + size;
                }
                return total;
            case ProductSyntax product when product.Links.All(l => l.Operator == Infix.Multiply):
                return product.Links.Aggregate(Size(product.First), (size, link) => size * Size(link.Operand));
            default:
                throw NoSize(node);
        }
    }

    private NablaException NoSize(SyntaxNode node) =>
        Final(ErrorCode.Kind, $"A size is a number, the name of a dimension, rows(X), cols(X) or a sum or product of these, but it is {Text(node)}.", node.Place);
}
