using Nabla.Expressions.Core;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

/// <summary>What an operator's shape rule works with while a program is typed; one object serves all operators, one after the other.</summary>
internal sealed class OperatorRule(Typing typing) : ShapeRule
{
    private Place _place;
    private IReadOnlyList<SyntaxNode>? _arguments;
    private SyntaxNode? _chain;
    private int _link;
    private Shape[] _shapes = [];
    private readonly Shape[] _pair = new Shape[2];

    /// <summary>The rule for the arguments of a function.</summary>
    public OperatorRule Of(Place place, IReadOnlyList<SyntaxNode> arguments, Shape[] shapes)
    {
        (_place, _arguments, _shapes, _chain) = (place, arguments, shapes, null);
        return this;
    }

    /// <summary>The rule for the two sides of a link of a sum or product.</summary>
    public OperatorRule Of(Place place, SyntaxNode chain, int link, Shape left, Shape right)
    {
        (_place, _arguments, _chain, _link, _shapes) = (place, null, chain, link, _pair);
        (_pair[0], _pair[1]) = (left, right);
        return this;
    }

    /// <inheritdoc/>
    public override Place Place => _place;

    /// <inheritdoc/>
    public override IReadOnlyList<SyntaxNode> Arguments => _arguments ??= _chain switch
    {
        SumSyntax sum => [_link == 1 && !sum.Terms[0].Negative ? sum.Terms[0].Operand : new SumSyntax([.. sum.Terms.Take(_link)], sum.Place), sum.Terms[_link].Operand],
        ProductSyntax product => [_link == 1 ? product.First : new ProductSyntax(product.First, [.. product.Links.Take(_link - 1)], product.Place), product.Links[_link - 1].Operand],
        _ => [],
    };

    /// <inheritdoc/>
    public override Shape this[int argument] => typing.Dimensions.Resolve(_shapes[argument]);

    /// <inheritdoc/>
    public override void Equate(Dimension a, Dimension b, Func<string> message) => typing.Dimensions.Equate(a, b, message, _place);

    /// <inheritdoc/>
    public override Dimension Fresh() => typing.Dimensions.Fresh();

    /// <inheritdoc/>
    public override Dimension Smaller(Dimension a, Dimension b) => typing.Dimensions.Smaller(a, b, _place);

    /// <inheritdoc/>
    public override Dimension SizeOf(int argument)
    {
        var (place, arguments, shapes) = (_place, Arguments, _shapes);
        var size = typing.SizeOf(arguments[argument]);
        Of(place, arguments, shapes);
        return size;
    }

    /// <inheritdoc/>
    public override Coefficient? Literal(int argument) => Constants.Of(Arguments[argument]);
}
