using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Walks a program in exact fractions and tells how its functions of linear algebra are worked out by hand.</summary>
internal sealed class WorkedProgram
{
    /// <summary>The most entries of a matrix that is worked with.</summary>
    public const int MostEntries = 200;

    private static readonly string[] s_worked = ["rref", "ref", "rank", "inv", "det", "lu", "chol", "qr", "eig", "eigvals", "null", "orth", "lstsq"];

    private readonly TypedProgram _program;
    private readonly Transcript _transcript;
    private readonly Dictionary<string, Known> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private int _told;

    private WorkedProgram(TypedProgram program, IReadOnlyDictionary<string, Value> values, Work work)
    {
        (_program, _transcript) = (program, new(work));
        foreach (var variable in program.Variables)
            if (values.TryGetValue(variable.Name, out var value)) _names[variable.Name] = Given(variable, value);
    }

    /// <summary>The computation of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="values">The values of its variables.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">There is nothing to work out (<see cref="ErrorCode.Unsupported"/>), a matrix is too large (<see cref="ErrorCode.Limit"/>) or singular.</exception>
    public static Computation Of(TypedProgram program, IReadOnlyDictionary<string, Value> values, Work work)
    {
        var worked = new WorkedProgram(program, values, work);
        foreach (var binding in program.Needs.Bindings) worked.Statement(binding.Names, binding.Value);
        worked.Statement(program.Syntax.FunctionNames, program.Syntax.Function);
        if (worked._told == 0)
            throw new NablaException(ErrorCode.Unsupported, $"There is nothing to work out: steps are told for {string.Join(", ", s_worked)} and A \\ b, and for programs of several statements.", program.Syntax.Function.Place);
        return new(NotationWriter.Write(program.Syntax.Function), worked._transcript.Steps);
    }

    private static Known Given(Variable variable, Value value) => new(variable.Shape.Kind, Exact(value), value);

    private static ExactMatrix? Exact(Value value) => value.IsComplex || !value.IsFinite || value.Count > MostEntries ? null : ExactMatrix.FromDecimals(value.ToMatrix());

    private void Statement(IReadOnlyList<string> names, SyntaxNode node)
    {
        if (node is CallSyntax call && s_worked.Contains(call.Function)) Define(names, Worked(call, names));
        else if (names.Count > 1)
        {
            var values = Evaluate(node, names);
            Define(names, [.. values.Select(v => new Known(v.Kind, null, v))]);
        }
        else
        {
            var known = Visit(node);
            if (names.Count == 1 || (names.Count == 0 && _transcript.Steps.Count > 0 && node is not ProductSyntax { Links: [{ Operator: Infix.Solve }] })) Tell(names.Count == 1 ? names[0] : "ans", node, known);
            if (names.Count == 1) _names[names[0]] = known;
        }
    }

    private void Define(IReadOnlyList<string> names, IReadOnlyList<Known> values)
    {
        for (int i = 0; i < names.Count; i++) _names[names[i]] = values[i];
    }

    // name = expression = value, compared with the interpreter.
    private void Tell(string name, SyntaxNode node, Known known)
    {
        string text = NotationWriter.Write(node), value = known.Exact is { } exact ? Transcript.Text(exact) : Transcript.Text(known.Value);
        double error = known.Exact is { } e ? Transcript.Error(e, known.Value.ToMatrix(), Scale(node)) : 0;
        _transcript.Add("value", text, value, known.Value.Rows, known.Value.Columns, known.Exact is null ? "Rounded to six digits: this is not made of fractions." : "Computed in fractions.", error, name);
        _shown.Add(name);
        if (name != "ans") _told++;
    }

    // What a sum or product may cancel from.
    private double Scale(SyntaxNode node)
    {
        double size = 1;
        foreach (var piece in SyntaxPieces.All(node).OfType<NameSyntax>())
            if (_names.TryGetValue(piece.Name, out var known) && known.Exact is { } A) size *= Transcript.Size(A);
        return size;
    }

    private Known Visit(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Visit(node));
        _transcript.Work.Check();
        switch (node)
        {
            case NumberSyntax { Value: { IsExact: true } number }:
                return Found(node, Transcript.Number(new(number.Numerator, number.Denominator)));
            case NameSyntax name when _names.TryGetValue(name.Name, out var known):
                return known;
            case NegateSyntax negate:
                return Found(node, Visit(negate.Operand).Exact is { } A ? -1 * A : null);
            case TransposeSyntax transpose:
                return Found(node, Visit(transpose.Operand).Exact?.Transpose());
            case SumSyntax sum:
                return Found(node, ExactOperations.Sum(sum, [.. sum.Terms.Select(t => Visit(t.Operand))]));
            case ProductSyntax product:
                return Product(product);
            case PowerSyntax power:
                return Power(power);
            case BlockSyntax block:
                return Found(node, ExactOperations.Join([.. block.Rows.Select(r => r.Select(Visit).ToArray())]));
            case IndexSyntax index:
                return Found(node, Index(index, Visit(index.Operand)));
            case CallSyntax call when s_worked.Contains(call.Function):
                return Worked(call, [])[0];
            case CallSyntax call:
                var arguments = OperatorTable.Find(call.Function) is { TakesSizes: true } ? [] : call.Arguments.Select(Visit).ToArray();
                return Found(node, ExactOperations.Call(call.Function, arguments)
                    ?? (ExactOperations.IsUnrounded(call.Function) && arguments.All(a => a.Exact is { } E && IsOfDoubles(E)) ? Exact(Evaluate(node, [])[0]) : null));
            default:
                return Found(node, null);
        }
    }

    // Whether rounding to doubles changes nothing.
    private static bool IsOfDoubles(ExactMatrix A) => A.Equals(ExactMatrix.FromDecimals(A.ToNDArray()));

    private Known Product(ProductSyntax product)
    {
        var total = Visit(product.First);
        for (int k = 0; k < product.Links.Count; k++)
        {
            var link = product.Links[k];
            var so = k == product.Links.Count - 1 ? (SyntaxNode)product : new ProductSyntax(product.First, [.. product.Links.Take(k + 1)], product.Place);
            if (link.Operator == Infix.Solve && total.Kind != Kind.Scalar)
            {
                var before = k == 0 ? product.First : new ProductSyntax(product.First, [.. product.Links.Take(k)], product.Place);
                total = Worked(so, "solve", [before, link.Operand], [total, Visit(link.Operand)], [])[0];
                continue;
            }
            var right = Visit(link.Operand);
            total = Found(so, link.Operator == Infix.Solve ? ExactOperations.Product(Infix.Divide, right, total) : ExactOperations.Product(link.Operator, total, right));
        }
        return total;
    }

    private Known Power(PowerSyntax power)
    {
        var (known, exponent) = (Visit(power.Base), Visit(power.Exponent));
        if (!power.Elementwise && known.Kind == Kind.Matrix && exponent.Exact is { } e && e[0, 0].Sign < 0)
        {
            var inverse = Worked(new CallSyntax("inv", [power.Base], power.Place), "inv", [power.Base], [known], [])[0];
            return Found(power, ExactOperations.Power(power, inverse, new(Kind.Scalar, -1 * e, Value.Scalar(0))));
        }
        return Found(power, ExactOperations.Power(power, known, exponent));
    }

    private ExactMatrix? Index(IndexSyntax index, Known of)
    {
        if (of.Exact is not { } A) return null;
        int[]? Positions(SyntaxNode? at, int size) => at is null ? [.. Enumerable.Range(0, size)] : Visit(at).Exact is { Rows: 1, Columns: 1 } k && k[0, 0].Denominator.IsOne && k[0, 0] >= 1 && k[0, 0] <= size ? [(int)k[0, 0].Numerator - 1] : null;
        var (rows, columns) = index.Indices.Count == 2
            ? (Positions(index.Indices[0], A.Rows), Positions(index.Indices[1], A.Columns))
            : of.Kind == Kind.Row ? ([0], Positions(index.Indices[0], A.Columns)) : (Positions(index.Indices[0], A.Rows), [0]);
        if (rows is null || columns is null) return null;
        return A.SelectRows(rows).SelectColumns(columns);
    }

    private Known Found(SyntaxNode node, ExactMatrix? exact)
    {
        if (exact is not null && exact.Rows * exact.Columns > MostEntries) throw TooLarge(NotationWriter.Write(node), exact.Rows, exact.Columns, node.Place);
        var value = Evaluate(node, [])[0];
        return new(value.Kind, exact, value);
    }

    private static NablaException TooLarge(string what, int rows, int columns, Place place) =>
        new(ErrorCode.Limit, $"Steps are shown for matrices of at most {MostEntries} entries, but {what} is {rows} x {columns}.", place);

    private IReadOnlyList<Known> Worked(CallSyntax call, IReadOnlyList<string> names) =>
        Worked(call, call.Function, call.Arguments, [.. call.Arguments.Select(Visit)], names);

    private IReadOnlyList<Known> Worked(SyntaxNode node, string function, IReadOnlyList<SyntaxNode> syntax, IReadOnlyList<Known> arguments, IReadOnlyList<string> names)
    {
        var used = new HashSet<string>(_names.Keys, StringComparer.Ordinal);
        string[] written = new string[arguments.Count];
        bool isAugmented = syntax is [BlockSyntax { Rows: [{ Count: > 1 } row] }] && _program.ShapeOf(row[^1]).Kind == Kind.Column;
        for (int k = 0; k < arguments.Count; k++)
        {
            string text = NotationWriter.Write(syntax[k]);
            var (value, exact) = (arguments[k].Value, arguments[k].Exact);
            if (exact is null && value.Count > MostEntries) throw TooLarge(text, value.Rows, value.Columns, syntax[k].Place);
            if (exact is null)
                throw new NablaException(ErrorCode.Unsupported, $"Steps are told in exact fractions, but {text} is not made of finite numbers by sums, products, quotients and powers.", syntax[k].Place);
            written[k] = syntax[k] is NameSyntax name ? name.Name : Fresh(arguments[k].Kind, used);
            if (syntax[k] is not NameSyntax || !_shown.Contains(written[k])) _transcript.Add("value", text, Transcript.Text(exact), exact.Rows, exact.Columns, "What is worked with.", Transcript.Error(exact, value.ToMatrix(), Scale(syntax[k])), written[k], isAugmented ? exact.Columns - 1 : 0);
            _shown.Add(written[k]);
        }
        _told++;
        return WorkedFunctions.Apply(_transcript, function, NotationWriter.Write(node), written, [.. arguments.Select(a => a.Exact!)], isAugmented, names, () => Evaluate(node, names));
    }

    private static string Fresh(Kind kind, HashSet<string> used)
    {
        string[] names = kind == Kind.Matrix ? ["A", "B", "C", "M"] : ["b", "v", "u"];
        string name = names.FirstOrDefault(n => !used.Contains(n)) ?? Enumerable.Range(1, int.MaxValue).Select(k => $"{names[0]}{k}").First(n => !used.Contains(n));
        used.Add(name);
        return name;
    }

    private IReadOnlyList<Value> Evaluate(SyntaxNode node, IReadOnlyList<string> names)
    {
        Declaration[] declarations = [.. _names.Keys.Select(n => new Declaration(n, _program.FindVariable(n)?.Shape ?? _program.ShapeOfBound(n), Properties.None, default))];
        var typed = Inference.Infer(new ProgramSyntax([], [], node, names), declarations, work: _transcript.Work);
        return Interpreter.Evaluate(typed, _names.ToDictionary(n => n.Key, n => n.Value.Value, StringComparer.Ordinal), _transcript.Work).Values;
    }
}
