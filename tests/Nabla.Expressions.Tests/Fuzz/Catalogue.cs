using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>The signatures and the domains of all operators that have derivatives, found by trying: a new operator is covered by itself.</summary>
internal static class Catalogue
{
    private static readonly Dimension s_p = Dimension.Named("p"), s_q = Dimension.Named("q"), s_r = Dimension.Named("r"), s_s = Dimension.Named("s");

    /// <summary>All signatures.</summary>
    public static IReadOnlyList<Signature> Signatures { get; } = Weighted();

    /// <summary>The interval on which an element-wise function of one argument is finite.</summary>
    public static IReadOnlyDictionary<string, (double Least, double Most)> Domains { get; } = OperatorTable.All.OfType<ElementwiseOperator>()
        .Where(o => o.InNotation && o.Symbol is null).ToDictionary(o => o.Name, Domain);

    private static Signature[] Weighted()
    {
        var all = OperatorTable.All.Where(IsCovered).SelectMany(Of).ToArray();
        var counts = all.GroupBy(s => (s.Operator, s.Result.Kind)).ToDictionary(g => g.Key, g => g.Count());
        return [.. all.Select(s => s with { Weight = 1.0 / counts[(s.Operator, s.Result.Kind)] })];
    }

    private static bool IsCovered(Operator o) => o is { InNotation: true, TakesSizes: false } and not NumericOperator;

    private static IEnumerable<Signature> Of(Operator o)
    {
        Shape[] first = [Shape.Scalar, Shape.Column(s_p), Shape.Row(s_p), Shape.Matrix(s_p, s_q), Shape.Matrix(s_p, s_p)];
        Shape[] second =
        [
            Shape.Scalar, Shape.Column(s_p), Shape.Column(s_q), Shape.Column(s_r), Shape.Row(s_p), Shape.Row(s_q), Shape.Row(s_r),
            Shape.Matrix(s_p, s_q), Shape.Matrix(s_p, s_p), Shape.Matrix(s_q, s_r), Shape.Matrix(s_p, s_r), Shape.Matrix(s_r, s_s), Shape.Matrix(s_r, s_r),
        ];
        var (least, most) = o.Arity;
        foreach (var x in first)
        {
            if (least <= 1)
                foreach (string name in Names(o))
                    if (Try(o, name, [x], 0) is { } found) yield return found;
            if (most < 2) continue;
            for (int axis = 1; axis <= 2; axis++)
                if (least == 1 && o.IsFunction && o is not ElementwiseOperator && Try(o, o.Name, [x, null], axis) is { } found) yield return found;
            if (o is not ElementwiseOperator && least == 1 && o.Symbol is null) continue;
            foreach (var y in second)
                foreach (string name in Names(o))
                    if (Try(o, name, [x, y], 0) is { } found) yield return found;
        }
    }

    private static IEnumerable<string> Names(Operator o)
    {
        if (o.Symbol is { } sign) yield return sign;
        if (o.IsFunction)
        {
            yield return o.Name;
            foreach (string alias in o.Aliases) yield return alias;
        }
    }

    // The result's shape is that of an expression in which the dimensions are known; a signature that would demand one more equation is another one.
    private static Signature? Try(Operator o, string name, Shape?[] arguments, int axis)
    {
        bool isSign = name == o.Symbol;
        var declarations = arguments.OfType<Shape>().Select((s, i) => new Declaration($"X{i}", s.Kind == Kind.Row ? s.Transposed : s, Properties.None, default)).ToArray();
        string[] texts = [.. arguments.Select((s, i) => s is null ? $"{axis}" : $"X{i}{(s.Value.Kind == Kind.Row ? "'" : "")}")];
        string text = !isSign ? $"{name}({string.Join(", ", texts)})"
            : name == "'" ? $"({texts[0]})'"
            : texts.Length == 1 ? $"{name}({texts[0]})"
            : name == "^" && arguments[0] is { Kind: Kind.Matrix } ? $"({texts[0]})^2" : $"({texts[0]}){name}({texts[1]})";
        try
        {
            var program = Inference.Infer(Parser.Parse(text), declarations);
            var result = program.FunctionShapes[0];
            bool known = result.Axes.All(a => a.Names.All(n => n is "p" or "q" or "r" or "s"));
            bool free = program.Variables.All(v => v.Shape == declarations.First(d => d.Name == v.Name).Shape);
            return known && free && program.Variables.Count > 0 ? new(name, isSign, arguments, axis, result) : null;
        }
        catch (NablaException)
        {
            return null;
        }
    }

    private static (double Least, double Most) Domain(ElementwiseOperator o)
    {
        if (o.Arity.Least != 1 || o.Arity.Most != 1) return (double.NegativeInfinity, double.PositiveInfinity);
        bool Finite(double x) => double.IsFinite(o.Evaluate([x]));
        return (Finite(-2) ? double.NegativeInfinity : Finite(-0.5) ? -1 : 0, Finite(2) ? double.PositiveInfinity : 1);
    }
}
