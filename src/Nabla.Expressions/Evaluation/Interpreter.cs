using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>Evaluates programs by walking their syntax trees: plain and obviously right, the reference of every faster way.</summary>
public sealed class Interpreter
{
    private const double MostWorkAtOnce = 1e8;

    private readonly TypedProgram _program;
    private readonly Work _work;
    private readonly Sizes _sizes;
    private readonly Dictionary<string, Value> _values;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _kinks = [];
    private Place? _notFinite;

    private Interpreter(TypedProgram program, Dictionary<string, Value> values, Sizes sizes, Work work) =>
        (_program, _values, _sizes, _work) = (program, values, sizes, work);

    /// <summary>The values of the last statement. Bindings that it does not need are not evaluated.</summary>
    /// <param name="program">The program.</param>
    /// <param name="values">The values of its free variables; other names are ignored.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">A value is missing, does not fit or lies outside the domain, a matrix is singular, or a limit is exceeded.</exception>
    public static Outcome Evaluate(TypedProgram program, IReadOnlyDictionary<string, Value> values, Work work)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(work);
        var syntax = program.Syntax;
        var (bindings, used) = program.Needs;
        var missing = program.Variables.Where(v => used.Contains(v.Name) && !values.ContainsKey(v.Name)).Select(v => v.Name).ToArray();
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A value is needed for {string.Join(", ", missing)}.");

        var given = program.Variables.Where(v => values.ContainsKey(v.Name)).ToArray();
        var fitted = given.ToDictionary(v => v.Name, v => Fitted(v, values[v.Name]), StringComparer.Ordinal);
        var sizes = Sizes.Of(given.Select(v => (v, fitted[v.Name])));
        foreach (var variable in given) PropertyCheck.Demand(variable, fitted[variable.Name], program.PlaceOf(variable.Name));
        var interpreter = new Interpreter(program, fitted, sizes, work);
        return interpreter.Run(syntax, bindings);
    }

    // A list is also a value of a row, and of a matrix that is declared with one row or one column.
    private static Value Fitted(Variable variable, Value value) => (variable.Shape, value.Kind) switch
    {
        ({ Kind: Kind.Row }, Kind.Column) => value.Transpose(),
        ({ Kind: Kind.Matrix, Columns.Size: 1 }, Kind.Column) => value.As(Kind.Matrix, value.Count, 1),
        ({ Kind: Kind.Matrix, Rows.Size: 1 }, Kind.Column) => value.As(Kind.Matrix, 1, value.Count),
        _ => value,
    };

    private Outcome Run(ProgramSyntax syntax, IEnumerable<Binding> bindings)
    {
        foreach (var binding in bindings)
        {
            var values = VisitStatement(binding.Value, binding.Names);
            for (int i = 0; i < binding.Names.Count; i++) _values[binding.Names[i]] = values[i];
        }
        return new(VisitStatement(syntax.Function, syntax.FunctionNames), _kinks, _notFinite);
    }

    private IReadOnlyList<Value> VisitStatement(SyntaxNode node, IReadOnlyList<string> names)
    {
        if (names.Count < 2 || node is not CallSyntax call || OperatorTable.Find(call.Function) is not ValuesOperator several) return [Visit(node)];
        var arguments = new Arguments(call.Function, [.. call.Arguments.Select(Visit)], () => Shape.Scalar, call.Place, _work);
        var values = Guarded(arguments, call.Function, call.Place, () => several.EvaluateAll(arguments));
        Examine(arguments, call.Place, values);
        for (int i = 0; i < names.Count; i++) Observe(_program.ShapeOfBound(names[i]), values[i]);
        return values;
    }

    private Value Visit(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Visit(node));
        _work.Check();
        return node switch
        {
            NumberSyntax number => Value.Scalar(number.Value.ToDouble()),
            NameSyntax name => Named(name),
            NegateSyntax negate => Apply("-", node, Visit(negate.Operand)),
            TransposeSyntax transpose => Apply("'", node, Visit(transpose.Operand)),
            PowerSyntax power => Apply(power.Elementwise ? ".^" : "^", node, Visit(power.Base), Visit(power.Exponent)),
            SumSyntax sum => VisitSum(sum),
            ProductSyntax product => VisitProduct(product),
            CallSyntax call => VisitCall(call),
            IndexSyntax index => VisitIndex(index),
            BlockSyntax block => VisitBlock(block),
            ReductionSyntax reduction => VisitReduction(reduction),
            _ => throw new NablaException(ErrorCode.Internal, $"There is no value of a {node.GetType().Name}.", node.Place),
        };
    }

    private Value Named(NameSyntax name)
    {
        if (_indices.TryGetValue(name.Name, out int index)) return Value.Scalar(index);
        if (_values.TryGetValue(name.Name, out var value)) return value;
        return name.Name == "pi" ? Value.Scalar(Math.PI) : throw new NablaException(ErrorCode.Request, $"A value is needed for {name.Name}.", name.Place);
    }

    private Value VisitSum(SumSyntax sum)
    {
        var total = Visit(sum.Terms[0].Operand);
        if (sum.Terms[0].Negative) total = Apply("-", sum, total);
        for (int i = 1; i < sum.Terms.Count; i++)
        {
            var term = sum.Terms[i];
            total = Apply(term.Negative ? "-" : "+", term.Place, total, Visit(term.Operand));
        }
        return total;
    }

    private Value VisitProduct(ProductSyntax product)
    {
        var total = Visit(product.First);
        foreach (var link in product.Links) total = Apply(Sign(link.Operator), link.Place, total, Visit(link.Operand));
        return total;
    }

    private static string Sign(Infix infix) => infix switch
    {
        Infix.Multiply => "*",
        Infix.Hadamard => ".*",
        Infix.Divide => "/",
        Infix.ElementwiseDivide => "./",
        Infix.Solve => "\\",
        _ => "⊗",
    };

    private Value VisitCall(CallSyntax call)
    {
        var function = OperatorTable.Find(call.Function) ?? throw new NablaException(ErrorCode.Name, $"There is no function {call.Function}.", call.Place);
        Value[] values = function.TakesSizes ? [] : [.. call.Arguments.Select(Visit)];
        var value = Apply(function, call.Function, call.Place, () => _sizes.Known(_program.ShapeOf(call)), values);
        if (function is NumericOperator) Observe(_program.ShapeOf(call), value);
        return value;
    }

    private void Observe(Shape shape, Value value)
    {
        _sizes.Observe(shape.Rows, value.Rows);
        _sizes.Observe(shape.Columns, value.Columns);
    }

    private Value VisitIndex(IndexSyntax index)
    {
        var operand = Visit(index.Operand);
        bool isMatrix = operand.Kind == Kind.Matrix;
        if (operand.IsScalar || index.Indices.Count != (isMatrix ? 2 : 1))
            throw new NablaException(ErrorCode.Kind, $"A {operand.Shape} does not have {index.Indices.Count} indices.", index.Place);
        bool isRow = operand.Kind == Kind.Row;
        int? row = isRow ? 0 : Position(index.Indices[0], operand.Rows);
        int? column = isMatrix ? Position(index.Indices[1], operand.Columns) : isRow ? Position(index.Indices[0], operand.Columns) : 0;
        return operand.Select(row, column);
    }

    private int? Position(SyntaxNode? index, int size)
    {
        if (index is null) return null;
        var value = Visit(index);
        double position = value is { IsScalar: true, IsComplex: false } ? value.Real[0] : double.NaN;
        return position >= 1 && position <= size && position == Math.Floor(position)
            ? (int)position - 1
            : throw new NablaException(ErrorCode.Kind, $"An index must be an integer from 1 to {size}, but it is {(value.IsScalar ? position : value.Shape)}.", index.Place);
    }

    private Value VisitBlock(BlockSyntax block)
    {
        var rows = block.Rows.Select(row => row.Select(Visit).ToArray()).ToArray();
        return Blocks.Join(rows, _program.ShapeOf(block).Kind, block.Place, _work);
    }

    private Value VisitReduction(ReductionSyntax reduction)
    {
        bool isSum = reduction.Function == "sum";
        long[] ranges = [.. reduction.Indices.Select(i => _sizes.Known(_program.RangeOf(reduction, i)).Size
            ?? throw new NablaException(ErrorCode.Request, $"The range of the index {i} is not determined.", reduction.Place))];
        var before = reduction.Indices.Select(i => _indices.TryGetValue(i, out int k) ? k : (int?)null).ToArray();
        Value? total = null;
        if (ranges.All(r => r > 0))
        {
            long[] at = [.. ranges.Select(_ => 1L)];
            do
            {
                _work.Check();
                for (int i = 0; i < at.Length; i++) _indices[reduction.Indices[i]] = (int)at[i];
                var term = Visit(reduction.Body);
                total = total is null ? term : Apply(isSum ? "+" : ".*", reduction, total, term);
            }
            while (Advance(at, ranges));
        }
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] is { } k) _indices[reduction.Indices[i]] = k;
            else _indices.Remove(reduction.Indices[i]);
        }
        return total ?? Value.Scalar(isSum ? 0 : 1);
    }

    private static bool Advance(long[] at, long[] ranges)
    {
        for (int i = at.Length - 1; i >= 0; i--)
        {
            if (++at[i] <= ranges[i]) return true;
            at[i] = 1;
        }
        return false;
    }

    private Value Apply(string sign, SyntaxNode node, params Value[] values) => Apply(sign, node.Place, values);

    private Value Apply(string sign, Place place, params Value[] values) => Apply(OperatorTable.Find(sign)!, sign, place, () => Shape.Scalar, values);

    private Value Apply(Operator operation, string name, Place place, Func<Shape> shape, Value[] values)
    {
        var arguments = new Arguments(name, values, shape, place, _work);
        var value = Guarded(arguments, name, place, () => operation.Evaluate(arguments));
        Examine(arguments, place, [value]);
        if (arguments.KinkIsHit && !_kinks.Contains(operation.Name)) _kinks.Add(operation.Name);
        return value;
    }

    // The place of the first operation that has no finite value for finite arguments.
    private void Examine(Arguments arguments, Place place, IReadOnlyList<Value> values)
    {
        if (_notFinite is null && values.Any(v => !v.IsFinite) && arguments.All.All(v => v.IsFinite)) _notFinite = place;
    }

    private T Guarded<T>(Arguments arguments, string operation, Place place, Func<T> function)
    {
        try
        {
            return InTime(function, arguments.All);
        }
        catch (Exception e) when (NumericFailure.Of(e, operation, arguments.All) is { } failure)
        {
            throw failure.At(place);
        }
    }

    // A factorisation cannot be interrupted: a large one runs beside this thread, which gives up when the time is over.
    private T InTime<T>(Func<T> function, IReadOnlyList<Value> values)
    {
        if (values.All(v => (double)v.Count * Math.Min(v.Rows, v.Columns) < MostWorkAtOnce)) return function();
        var task = Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(20)) _work.CheckNow();
        return task.GetAwaiter().GetResult();
    }
}
