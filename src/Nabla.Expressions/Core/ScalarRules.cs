using System.Collections.Concurrent;
using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>Reads the derivative rules of element-wise functions, which are texts of the notation, and puts tensors in for their variables.</summary>
internal static class ScalarRules
{
    private static readonly ConcurrentDictionary<string, SyntaxNode> s_parsed = new(StringComparer.Ordinal);

    /// <summary>The partial derivative of a function by one of its arguments, as a tensor with the function's axes.</summary>
    public static Node Partial(Tensors t, MapNode map, int argument) =>
        Substitute(t, s_parsed.GetOrAdd(map.Function.Derivatives[argument], text => Parser.Parse(text).Function), map);

    private static Node Substitute(Tensors t, SyntaxNode node, MapNode map)
    {
        switch (node)
        {
            case NumberSyntax number:
                return t.Constant(number.Value, map.Axes);
            case NameSyntax { Name: "x" }:
                return map.Arguments[0];
            case NameSyntax { Name: "y" } when map.Arguments.Count > 1:
                return map.Arguments[1];
            case NameSyntax { Name: "f" }:
                return map;
            case NameSyntax { Name: "pi" }:
                return t.Spread(t.Pi, map.Axes);
            case NegateSyntax negate:
                return t.Scale(-1, Substitute(t, negate.Operand, map));
            case SumSyntax sum:
                return t.Sum([.. sum.Terms.Select(x => ((Coefficient)(x.Negative ? -1 : 1), Substitute(t, x.Operand, map)))], map.Axes);
            case ProductSyntax product:
                var value = Substitute(t, product.First, map);
                foreach (var link in product.Links)
                {
                    var factor = Substitute(t, link.Operand, map);
                    value = t.Multiply(value, link.Operator is Infix.Divide or Infix.ElementwiseDivide ? t.Power(factor, -1) : factor);
                }
                return value;
            case PowerSyntax { Exponent: var e } power when Literal(e) is { } exponent:
                return t.Power(Substitute(t, power.Base, map), exponent);
            case PowerSyntax power:
                return t.Map((ElementwiseOperator)OperatorTable.Find(".^")!, Substitute(t, power.Base, map), Substitute(t, power.Exponent, map));
            case CallSyntax { Function: "sqrt" } call:
                return t.Power(Substitute(t, call.Arguments[0], map), Coefficient.Rational(BigInteger.One, 2));
            case CallSyntax call:
                return t.Map((ElementwiseOperator)OperatorTable.Find(call.Function)!, [.. call.Arguments.Select(a => Substitute(t, a, map))]);
            default:
                throw new NablaException(ErrorCode.Internal, $"The derivative rule of {map.Function.Name} is not a scalar formula.");
        }
    }

    private static Coefficient? Literal(SyntaxNode node) => node switch
    {
        NumberSyntax number => number.Value,
        NegateSyntax { Operand: NumberSyntax number } => -number.Value,
        ProductSyntax { First: var a, Links: [{ Operator: Infix.Divide, Operand: NumberSyntax b }] } when Literal(a) is { } x => x / b.Value,
        _ => null,
    };
}
