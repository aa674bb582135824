using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>What comes out when a link of the chain rule is forgotten: the derivative by an inner quantity, or one with the derivative of one step left out.</summary>
/// <param name="derived">The program and its derivative.</param>
/// <param name="points">Lays values out.</param>
/// <param name="work">The budget.</param>
internal sealed class BrokenChains(Derived derived, ClaimPoints points, Work work)
{
    private const int MostPieces = 150;
    private const string Inner = "inner_";

    /// <summary>The inner quantity whose derivative a claim lacks, as text; null where there is none.</summary>
    /// <param name="function">The function without bindings.</param>
    /// <param name="claims">Points with the claim's values there.</param>
    public string? Find(SyntaxNode function, IReadOnlyList<(SamplePoint Point, Value Claimed)> claims)
    {
        foreach (var written in (SyntaxNode[])[function, Opened(function)])
            foreach (var piece in Candidates(written))
                if (Matches(written, piece, claims)) return TextOf(piece);
        return null;
    }

    // Some functions are chains by themselves: logdet(X) = log(det(X)).
    private static SyntaxNode Opened(SyntaxNode function) => SyntaxPieces.Replace(function, n => n switch
    {
        CallSyntax { Function: "logdet", Arguments: [var X] } => new CallSyntax("log", [new CallSyntax("det", [Opened(X)])]),
        CallSyntax { Function: "lse", Arguments: [var x] } => new CallSyntax("log", [new CallSyntax("sum", [new CallSyntax("exp", [Opened(x)])])]),
        CallSyntax { Function: "norm2" or "normF", Arguments: [var x] } => new CallSyntax("sqrt", [new CallSyntax("sum", [new PowerSyntax(Opened(x), new NumberSyntax(2), true)])]),
        ProductSyntax p when p.Links.Count > 1 && p.Links.All(l => l.Operator == Infix.Multiply) => Grouped(p),
        _ => null,
    });

    // A*X*B as A*(X*B): what stands behind a factor is an inner quantity too.
    private static SyntaxNode Grouped(ProductSyntax product)
    {
        var grouped = Opened(product.Links[^1].Operand);
        for (int i = product.Links.Count - 2; i >= 0; i--) grouped = new ProductSyntax(Opened(product.Links[i].Operand), [new(Infix.Multiply, grouped)]);
        return new ProductSyntax(Opened(product.First), [new(Infix.Multiply, grouped)]);
    }

    private List<SyntaxNode> Candidates(SyntaxNode function)
    {
        var distinct = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal);
        foreach (var piece in SyntaxPieces.All(function))
        {
            if (piece is NumberSyntax or NameSyntax or TransposeSyntax { Operand: NameSyntax } || ReferenceEquals(piece, function) || !DependsOnVariable(piece)) continue;
            distinct.TryAdd(SyntaxComparer.Encode(piece), piece);
        }
        return distinct.Count > MostPieces ? [] : [.. distinct.Values];
    }

    private bool DependsOnVariable(SyntaxNode node)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(node, used);
        return used.Contains(derived.Variable.Name);
    }

    private bool Matches(SyntaxNode function, SyntaxNode piece, IReadOnlyList<(SamplePoint Point, Value Claimed)> claims)
    {
        work.Check();
        string key = SyntaxComparer.Encode(piece);
        try
        {
            var outer = SyntaxPieces.Replace(function, n => n.GetType() == piece.GetType() && SyntaxComparer.Encode(n) == key ? new NameSyntax(Inner) : null);
            var shape = Infer(new([], [new([Inner], piece, [default])], function, [])).ShapeOfBound(Inner);
            var (byInner, _) = Derivative(outer, [new(Inner, shape, Properties.None, default)], Inner);
            var innerProgram = Infer(new([], [], piece, []));
            if (claims.All(c => Equal(points.LaidOut(byInner(With(c.Point, innerProgram))), c))) return true;
            if (IsScaledVariable(function, shape) && claims.All(c => Equal(Trace(byInner(With(c.Point, innerProgram))), c))) return true;
            return SyntaxPieces.Children(piece).Any(child => MatchesSkipping(byInner, innerProgram, shape, piece, child, claims));
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return false;
        }
    }

    // The derivative of z = op(u) by u taken for one, where z and u have equal shapes.
    private bool MatchesSkipping(
        Func<(Dictionary<string, NDArray<double>> Values, Dictionary<string, long> Sizes), NDArray<double>> byInner,
        TypedProgram innerProgram,
        Shape shape,
        SyntaxNode piece,
        SyntaxNode child,
        IReadOnlyList<(SamplePoint Point, Value Claimed)> claims)
    {
        if (child is NumberSyntax || !DependsOnVariable(child) || derived.Written.Orders.Count > 2) return false;
        var childProgram = Infer(new([], [], child, []));
        if (childProgram.ShapeOf(child) != shape) return false;
        var (ofPiece, _) = Derivative(piece, [], derived.Variable.Name);
        var (ofChild, _) = Derivative(child, [], derived.Variable.Name);
        return claims.All(c =>
        {
            var at = (c.Point.Entries, c.Point.Sizes);
            var outer = byInner(With(c.Point, innerProgram));
            var full = new TensorEvaluator(c.Point.Entries, c.Point.Sizes, work).Evaluate(derived.Written.Orders[1]);
            return Equal(points.LaidOut(full - Chained(outer, ofPiece(at), shape.Axes.Count) + Chained(outer, ofChild(at), shape.Axes.Count)), c);
        });
    }

    private bool IsScaledVariable(SyntaxNode function, Shape shape) =>
        derived.Variable.Shape.IsScalar && shape.Kind == Kind.Matrix && shape.Rows == shape.Columns && derived.Program.ShapeOf(derived.Program.Syntax.Function).IsScalar && function is not null;

    private static Value Trace(NDArray<double> square)
    {
        double sum = 0;
        for (int i = 0; i < square.Shape[0]; i++) sum += square[i, i];
        return Value.Scalar(sum);
    }

    private static NDArray<double> Chained(NDArray<double> outer, NDArray<double> inner, int axes)
    {
        int[] shape = [.. outer.Shape[..(outer.Order - axes)].ToArray(), .. inner.Shape[axes..].ToArray()];
        int middle = inner.Shape[..axes].ToArray().Aggregate(1, (m, n) => m * n);
        var product = NDArray.MatMul(outer.AsContiguous().Reshape((int)(outer.Count / middle), middle), inner.AsContiguous().Reshape(middle, (int)(inner.Count / middle)));
        return shape.Length == 0 ? NDArray<double>.Scalar(product[0, 0]) : product.AsContiguous().Reshape(shape);
    }

    private (Dictionary<string, NDArray<double>> Values, Dictionary<string, long> Sizes) With(SamplePoint point, TypedProgram inner)
    {
        var value = Interpreter.Evaluate(inner, point.Values, work).Value;
        var entries = value.Kind switch
        {
            Kind.Scalar => NDArray<double>.Scalar(value.Real[0]),
            Kind.Matrix => NDArray<double>.FromSpan(value.Real, value.Rows, value.Columns),
            _ => NDArray<double>.FromSpan(value.Real, value.Count),
        };
        return (new(point.Entries, StringComparer.Ordinal) { [Inner] = entries }, point.Sizes);
    }

    // The forgotten step may have been a sign or a transpose too.
    private static bool Equal(Value found, (SamplePoint Point, Value Claimed) claim)
    {
        var negative = Value.Of(found.Kind, found.Rows, found.Columns, [.. found.Real.ToArray().Select(e => -e)]);
        return ((Value[])[found, negative, found.Transpose(), negative.Transpose()]).Any(v => Comparison.AreEqual(v, claim.Claimed, claim.Point.Noise));
    }

    private TypedProgram Infer(ProgramSyntax syntax, IEnumerable<Declaration>? more = null) =>
        Inference.Infer(syntax, [.. derived.Program.Variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default)), .. more ?? []], work: work);

    private (Func<(Dictionary<string, NDArray<double>> Values, Dictionary<string, long> Sizes), NDArray<double>> Evaluate, Node Node) Derivative(SyntaxNode function, IEnumerable<Declaration> more, string by)
    {
        var program = Infer(new([], [], function, []), more);
        var tensors = new Tensors(work);
        var (_, node) = Elaboration.Elaborate(program, tensors);
        var v = program.FindVariable(by)!;
        var x = tensors.Symbol(v.Name, v.Shape.Axes, tensors.PropertiesOf(v));
        var derivative = new Differentiation(tensors).Derivative(node, x);
        return (at => new TensorEvaluator(at.Values, at.Sizes, work).Evaluate(derivative), derivative);
    }

    private static string TextOf(SyntaxNode piece) => Writing.NotationWriter.Write(piece);
}
