using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Fuzz;

internal sealed partial class ProgramGenerator
{
    private static readonly Dictionary<Kind, Signature[]> s_byResult = Catalogue.Signatures.GroupBy(s => s.Result.Kind).ToDictionary(g => g.Key, g => g.ToArray());

    private SyntaxNode? Applied(Shape shape, int depth)
    {
        var choices = s_byResult[shape.Kind];
        double at = _random.NextDouble() * choices.Sum(Weight);
        var signature = choices.First(s => (at -= Weight(s)) <= 0 || ReferenceEquals(s, choices[^1]));
        var dimensions = new Dictionary<string, Dimension>(StringComparer.Ordinal);
        for (int i = 0; i < shape.Axes.Count; i++) if (!Bind(signature.Result.Axes[i], shape.Axes[i], dimensions)) return null;
        Dimension Of(Dimension pattern) => pattern.Substitute(name => dimensions.TryGetValue(name, out var d) ? d : dimensions[name] = RandomDimension());
        var shapes = signature.Arguments.Select(a => a is { } s ? new Shape(s.Kind, Of(s.Rows), Of(s.Columns)) : (Shape?)null).ToArray();
        if (signature.Operator is "^" or ".^") return Power(signature.Operator, shapes, depth);
        SyntaxNode[] arguments = [.. shapes.Select(s => s is { } a ? Expression(a, depth - 1) : Number(signature.Axis))];
        arguments[0] = InDomain(signature, shapes[0]!.Value, arguments[0]);
        if (signature.Operator is "/" or "./" && _random.Next(2) == 0) arguments[1] = Sum(Number(1), Square(arguments[1]));
        return signature.IsSign ? Signed(signature.Operator, arguments) : new CallSyntax(signature.Operator, arguments);
    }

    // The signs are what programs are mostly made of.
    private static double Weight(Signature s) => s.Weight * (s.Operator switch { "*" => 8, "+" or "-" => 4, ".*" => 3, "'" or "sum" => 2, _ => 1 });

    private static bool Bind(Dimension pattern, Dimension target, Dictionary<string, Dimension> dimensions)
    {
        if (pattern.Name is { } name) return dimensions.TryAdd(name, target) || dimensions[name] == target;
        if (pattern.Size is not null) return pattern == target;
        // A product of two names fits a product of two.
        if (pattern.Monomials.ToArray() is not [({ Length: 2 } names, 1)] || target.Monomials.ToArray() is not [({ Length: 2 } factors, 1)]) return false;
        return Bind(Dimension.Named(names[0]), Dimension.Named(factors[0]), dimensions) && Bind(Dimension.Named(names[1]), Dimension.Named(factors[1]), dimensions);
    }

    private SyntaxNode Power(string sign, Shape?[] shapes, int depth)
    {
        var (x, p) = (shapes[0]!.Value, shapes[1]!.Value);
        var argument = Expression(x, depth - 1);
        if (sign == "^" && x.Kind == Kind.Matrix) return new PowerSyntax(argument, Literal(Pick([2, 2, 3, -1, 0, 1, -2])), false);
        if (p.IsScalar && _random.Next(4) > 0)
        {
            bool rational = _random.Next(3) == 0;
            if (rational && _random.Next(3) > 0) argument = Positive(argument);
            return new PowerSyntax(argument, rational ? Product(Number(Pick([1, 3, -1, 2])), Infix.Divide, Number(Pick([2, 2, 3]))) : Literal(Pick([2, 2, 2, 3, 4, -1, -2, 0, 1])), sign == ".^");
        }
        var exponent = Expression(p, depth - 2);
        return new PowerSyntax(_random.Next(5) == 0 ? argument : Positive(argument), exponent, sign == ".^");
    }

    private static SyntaxNode Literal(int value) => value < 0 ? new NegateSyntax(Number(-value)) : Number(value);

    private SyntaxNode InDomain(Signature signature, Shape shape, SyntaxNode argument)
    {
        if (_random.Next(4) == 0) return argument;
        if (signature.Operator == "sqrt") return Positive(argument);
        if (Catalogue.Domains.TryGetValue(signature.Operator, out var domain))
        {
            if (domain.Most <= 1) return Product(Call(Pick(["tanh", "sin", "erf"]), argument), Infix.Divide, Number(2));
            return double.IsInfinity(domain.Least) ? argument : Positive(argument);
        }
        if (shape.Kind != Kind.Matrix || shape.Rows != shape.Columns) return argument;
        if (OperatorTable.Find(signature.Operator) is Eigenvalues) return _random.Next(2) == 0 ? Sum(argument, new TransposeSyntax(argument)) : Gram(argument, shape);
        bool demanding = OperatorTable.Find(signature.Operator) is LogDeterminant or Log;
        return OperatorTable.Find(signature.Operator) is TensorOperator or Solve && _random.Next(demanding ? 1 : 3) == 0 ? Gram(argument, shape) : argument;
    }

    private SyntaxNode Gram(SyntaxNode X, Shape shape) => Sum(Product(new TransposeSyntax(X), Infix.Multiply, X), Identity(shape));

    private SyntaxNode Identity(Shape shape) => new CallSyntax("eye", [Size(shape.Rows)]);

    private SyntaxNode Positive(SyntaxNode x) => _random.Next(5) switch
    {
        0 => Call("exp", x),
        1 => Sum(Call("abs", x), Product(Number(1), Infix.Divide, Number(2))),
        2 => Call("softplus", x),
        3 => Call("abs", x),
        _ => Sum(Number(1), Square(x)),
    };

    private static PowerSyntax Square(SyntaxNode x) => new(x, Number(2), true);

    private static SumSyntax Sum(SyntaxNode a, SyntaxNode b) => new([new(false, a), new(false, b)]);

    private static SyntaxNode Signed(string sign, SyntaxNode[] x) => (sign, x) switch
    {
        ("'", [var a]) => new TransposeSyntax(a),
        ("-", [var a]) => new NegateSyntax(a),
        ("+" or "-", [var a, var b]) => new SumSyntax([new(false, a), new(sign == "-", b)]),
        (_, [var a, var b]) => Product(a, sign switch
        {
            "*" => Infix.Multiply,
            ".*" => Infix.Hadamard,
            "/" => Infix.Divide,
            "./" => Infix.ElementwiseDivide,
            "\\" => Infix.Solve,
            "⊗" => Infix.Kronecker,
            _ => throw new InvalidOperationException($"The sign {sign} has no syntax here."),
        }, b),
        _ => throw new InvalidOperationException($"The sign {sign} has no syntax here."),
    };
}
