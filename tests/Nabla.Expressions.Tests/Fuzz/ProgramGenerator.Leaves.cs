using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Fuzz;

internal sealed partial class ProgramGenerator
{
    private static readonly string[] s_scalars = ["a", "b", "c", "d"], s_columns = ["x", "y", "z", "w", "u", "v"], s_matrices = ["A", "B", "C", "X", "Y", "W", "S", "P"];

    private static readonly Properties[] s_ofSquares =
    [
        Properties.Symmetric, Properties.PositiveDefinite, Properties.Diagonal, Properties.LowerTriangular, Properties.UpperTriangular, Properties.Orthogonal,
        Properties.Positive, Properties.Diagonal | Properties.PositiveDefinite, Properties.Symmetric | Properties.Nonnegative,
    ];

    private SyntaxNode Leaf(Shape shape)
    {
        if (_random.Next(4) == 0 && _bound.Where(b => b.Value == shape).Select(b => b.Key).ToArray() is { Length: > 0 } names) return new NameSyntax(Pick(names));
        return shape.Kind switch
        {
            Kind.Scalar => ScalarLeaf(),
            Kind.Row => _random.Next(8) == 0 && IsSimple(shape.Columns) ? new IndexSyntax(Variable(Shape.Matrix(Pick(s_dimensions), shape.Columns)), [Number(1), null]) : new TransposeSyntax(Leaf(shape.Transposed)),
            _ => ArrayLeaf(shape),
        };
    }

    private SyntaxNode ScalarLeaf()
    {
        if (_indices.Count > 0 && _random.Next(3) > 0)
        {
            var (i, j) = (Pick(_indices), Pick(_indices));
            return _random.Next(3) == 0 ? Entry(Shape.Matrix(i.Range, j.Range), i.Name, j.Name) : Entry(Shape.Column(i.Range), i.Name);
        }
        return _random.Next(14) switch
        {
            0 => Number(_random.Next(4)),
            1 => Product(Number(1), Infix.Divide, Number(_random.Next(2, 5))),
            2 => Number(Coefficient.Rational(new BigInteger(_random.Next(1, 40)), 10)),
            3 => new NameSyntax("pi"),
            4 => Entry(Shape.Column(Pick(s_dimensions)), "1") is var entry ? new IndexSyntax(entry.Operand, [Number(_random.Next(1, 3))]) : entry,
            5 => new IndexSyntax(Variable(Shape.Matrix(Pick(s_dimensions), Pick(s_dimensions))), [Number(_random.Next(1, 3)), Number(_random.Next(1, 3))]),
            6 => Call(Pick(["rows", "cols"]), Variable(Shape.Matrix(Pick(s_dimensions), Pick(s_dimensions)))),
            7 => new NegateSyntax(Number(_random.Next(1, 4))),
            _ => Variable(Shape.Scalar),
        };
    }

    private SyntaxNode ArrayLeaf(Shape shape)
    {
        if (shape.Axes.All(IsSimple))
        {
            return _random.Next(14) switch
            {
                0 => new CallSyntax(_random.Next(4) == 0 ? "zeros" : "ones", shape.Kind == Kind.Column ? [Size(shape.Rows)] : [Size(shape.Rows), Size(shape.Columns)]),
                1 when shape.Kind == Kind.Matrix && shape.Rows == shape.Columns => Identity(shape),
                2 when shape.Kind == Kind.Column => new IndexSyntax(Variable(Shape.Matrix(shape.Rows, Pick(s_dimensions))), [null, Number(_random.Next(1, 3))]),
                _ => Variable(shape),
            };
        }
        if (Parts(shape.Rows) is var (a, b)) return new BlockSyntax([[Leaf(shape with { Rows = a })], [Leaf(shape with { Rows = b })]]);
        if (shape.Kind == Kind.Matrix && Parts(shape.Columns) is var (c, d)) return new BlockSyntax([[Leaf(shape with { Columns = c }), Leaf(shape with { Columns = d })]]);
        if (shape.Kind == Kind.Matrix) return Product(Leaf(Shape.Column(shape.Rows)), Infix.Multiply, Leaf(Shape.Row(shape.Columns)));
        string[] factors = shape.Rows.Monomials.First().Factors;
        if (factors is not [var m, var n]) return new CallSyntax("ones", [Size(shape.Rows)]);
        return _random.Next(2) == 0
            ? Call("vec", Leaf(Shape.Matrix(Dimension.Named(m), Dimension.Named(n))))
            : Call("kron", Leaf(Shape.Column(Dimension.Named(m))), Leaf(Shape.Column(Dimension.Named(n))));
    }

    private static bool IsSimple(Dimension dimension) => dimension.Name is not null || dimension.Size is not null;

    // A size as a number, as the name of a dimension, or as that of a variable that has it.
    private SyntaxNode Size(Dimension dimension)
    {
        if (dimension.Size is { } size) return Number((int)size);
        if (dimension.Name is { } name)
        {
            var variable = (NameSyntax)Variable(Shape.Column(dimension));
            return _random.Next(3) == 0 ? Call("rows", variable) : new NameSyntax(name);
        }
        var parts = dimension.Monomials.Select(t => t.Factors.Select(f => Size(Dimension.Named(f))).Prepend(Number((int)t.Coefficient)).Aggregate((a, b) => Product(a, Infix.Multiply, b))).ToArray();
        return parts.Length == 1 ? parts[0] : new SumSyntax([.. parts.Select(p => new SumTerm(false, p))]);
    }

    // A variable of the shape: one that there is, or a new one.
    private SyntaxNode Variable(Shape shape)
    {
        var fitting = _declared.Values.Where(d => d.Shape == shape).Select(d => d.Name).ToArray();
        string[] pool = shape.Kind switch { Kind.Scalar => s_scalars, Kind.Column => s_columns, _ => s_matrices };
        string[] free = [.. pool.Where(n => !_declared.ContainsKey(n))];
        if (fitting.Length > 0 && (free.Length == 0 || _random.Next(3) > 0)) return new NameSyntax(Pick(fitting));
        string name = free.Length > 0 ? Pick(free) : $"{pool[0]}{_declared.Count}";
        _declared[name] = new(name, shape, RandomProperties(shape), default);
        return new NameSyntax(name);
    }

    private Properties RandomProperties(Shape shape)
    {
        bool square = shape.Kind == Kind.Matrix && shape.Rows == shape.Columns;
        if (square && _random.Next(5) < 2) return Pick(s_ofSquares);
        return _random.Next(6) switch { 0 => Properties.Positive, 1 when _random.Next(2) == 0 => Properties.Nonnegative, _ => Properties.None };
    }
}
