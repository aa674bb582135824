using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation;

/// <summary>The orders of a derivative as first derivatives of programs: each of the derivative before, as it was written.</summary>
/// <remarks>Where a derivative has no matrix expression, the next one is that of its linear map, dF[H] for a constant H.</remarks>
/// <param name="derived">The program with its derivatives.</param>
/// <param name="request">The question.</param>
/// <param name="form">The derivative of the highest order as it was written.</param>
/// <param name="points">Points of the domain.</param>
internal sealed class DerivativeOrders(
    Derived derived, DerivativeRequest request, DerivativeForm form, IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> points)
{
    private readonly Random _random = new(20260724);
    private readonly List<(int Axis, string Change)> _changes = [];
    private IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> _points = points;

    /// <summary>The orders, from the first.</summary>
    /// <exception cref="NablaException">A derivative has neither a matrix expression nor a linear map that has one (<see cref="ErrorCode.Unsupported"/>).</exception>
    public IReadOnlyList<Solved> All()
    {
        var solved = new List<Solved>();
        var program = derived.Program;
        for (int order = 1; order <= request.Order; order++)
        {
            var (written, proven) = (Contracted(derived.Written.UpTo(order)), Contracted(derived.Proven.UpTo(order)));
            bool isAnswer = order == request.Order && _changes.Count == 0;
            var own = isAnswer ? form : new AnswerForms(program, derived.DeclaredDimensions, written, proven, request.Work).Derivative(derived.Variable, 1, Layout.Mixed, _points);
            solved.Add(new(program, derived.Variable, proven.Derivative, own, derived.DeclaredDimensions, written.Tensors.Implied, request.Order == 1 ? request.Layout : Layout.Mixed, _points));
            if (order < request.Order) program = Next(program, own, order);
        }
        return solved;
    }

    private TypedProgram Next(TypedProgram program, DerivativeForm own, int order)
    {
        if (own.Text is { } text) return Typed(program, text, []);
        if (own.LinearMap is not { } map)
            throw new NablaException(ErrorCode.Unsupported, $"The derivation of order {order + 1} needs the derivative of order {order} in matrix notation, but no matrix expression holds it.");
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(Parser.Parse(map).Function, used);
        string change = used.FirstOrDefault(n => program.FindVariable(n) is null && n != "pi") ?? "H";
        _changes.Add((derived.Written.Function.Order + derived.X.Order * (order - 1), change));
        _points = [.. _points.Select(p => ((IReadOnlyDictionary<string, NDArray<double>>)new Dictionary<string, NDArray<double>>(p.Values, StringComparer.Ordinal)
        {
            [change] = p.Values[derived.Variable.Name].Map(_ => 2 * _random.NextDouble() - 1),
        }, p.Sizes))];
        return Typed(program, map, [new(change, derived.Variable.Shape, Properties.None, default)]);
    }

    private TypedProgram Typed(TypedProgram program, string text, Declaration[] more) => Inference.Infer(
        Parser.Parse(text), [.. program.Variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default)), .. more], work: request.Work);

    // The axes of the variable along which a constant change was put in are summed with it.
    private Tower Contracted(Tower tower)
    {
        var t = tower.Tensors;
        var node = tower.Derivative;
        foreach (var (axis, change) in _changes.AsEnumerable().Reverse())
        {
            var c = new Contraction(t);
            int[] labels = c.LabelsFor(node);
            c.Multiply(node, labels);
            c.Multiply(t.Symbol(change, derived.Variable.Shape.Axes), labels[axis..(axis + derived.X.Order)]);
            node = c.Build([.. labels[..axis], .. labels[(axis + derived.X.Order)..]]);
        }
        return ReferenceEquals(node, tower.Derivative) ? tower : tower with { Orders = [.. tower.Orders.SkipLast(1), node] };
    }
}
