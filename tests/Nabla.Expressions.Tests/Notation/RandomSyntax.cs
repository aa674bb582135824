using Nabla.Expressions.Core;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>Random syntax trees, of every kind of node, with no regard to shapes.</summary>
internal sealed class RandomSyntax(int seed)
{
    private static readonly string[] s_names = ["x", "y", "A", "B", "alpha", "β", "x1"];
    private static readonly string[] s_functions = ["sin", "exp", "inv", "sum", "diag"];
    private readonly Random _random = new(seed);

    /// <summary>A random expression of at most a depth.</summary>
    public SyntaxNode Expression(int depth) => depth == 0 ? Leaf() : _random.Next(12) switch
    {
        0 or 1 => new SumSyntax([.. Enumerable.Range(0, _random.Next(2, 5)).Select(i => new SumTerm(_random.Next(2) == 0, Expression(depth - 1)))]),
        2 or 3 or 4 => new ProductSyntax(Expression(depth - 1), [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new ProductLink((Infix)_random.Next(6), Expression(depth - 1)))]),
        5 => new NegateSyntax(Expression(depth - 1)),
        6 => new PowerSyntax(Expression(depth - 1), Expression(depth - 1), _random.Next(2) == 0),
        7 => new TransposeSyntax(Expression(depth - 1)),
        8 => new IndexSyntax(Expression(depth - 1), _random.Next(2) == 0 ? [Expression(depth - 1)] : [null, Leaf()]),
        9 => new CallSyntax(s_functions[_random.Next(s_functions.Length)], [Expression(depth - 1)]),
        10 => new BlockSyntax([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => (IReadOnlyList<SyntaxNode>)[Expression(depth - 1), Expression(depth - 1)])]),
        _ => new ReductionSyntax(_random.Next(2) == 0 ? "sum" : "prod", ["i", "j"], Expression(depth - 1)),
    };

    private SyntaxNode Leaf() => _random.Next(3) == 0 ? new NumberSyntax(Number()) : new NameSyntax(s_names[_random.Next(s_names.Length)]);

    private Coefficient Number() => _random.Next(5) switch
    {
        0 => Coefficient.Rational(_random.Next(-9, 10), _random.Next(1, 8)),
        1 => Coefficient.Inexact(_random.NextDouble() * Math.Pow(10, _random.Next(-50, 50))),
        _ => _random.Next(-3, 10),
    };
}
