using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>Writes the parts of an answer; a text is read back and compared before it is given out.</summary>
/// <param name="program">The program.</param>
/// <param name="declared">The names of the dimensions that the declarations name.</param>
/// <param name="written">The derivatives as they read best.</param>
/// <param name="proven">The derivatives that have a value wherever there is one: the same, or those with cofactors.</param>
/// <param name="work">The budget.</param>
internal sealed class AnswerForms(TypedProgram program, IReadOnlySet<string> declared, Tower written, Tower proven, Work work)
{
    private const int SearchBudget = 60;
    private const int LargestByEntries = 50;

    private readonly SizeWriter _sizes = new(program.Variables, declared);
    private Written? _text;

    // Markup is many times longer than the text: where it is too long the rest of the answer still stands.
    private string? Markup(Func<string> write)
    {
        try
        {
            return write();
        }
        catch (NablaException e) when (e.Code == ErrorCode.Limit && !work.IsOver)
        {
            return null;
        }
    }

    /// <summary>The function as it was understood.</summary>
    public FunctionForm Function(Value? value)
    {
        var syntax = new ProgramSyntax([], program.Syntax.Bindings, program.Syntax.Function, []);
        return new(NotationWriter.Write(syntax, work), Markup(() => LatexWriter.Write(syntax)), Markup(() => MathmlWriter.Write(syntax)), program.ShapeOf(program.Syntax.Function), value);
    }

    /// <summary>The derivative in its forms; its text agrees with it at the given points.</summary>
    public DerivativeForm Derivative(
        Variable variable, int order, Layout layout, IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> points)
    {
        var function = program.ShapeOf(program.Syntax.Function);
        int functionAxes = function.Axes.Count, variableAxes = variable.Shape.Axes.Count;
        string name = "D";
        while (Taken().Contains(name)) name += "D";
        var form = new DerivativeForm { Axes = [.. proven.Derivative.Axes], FunctionAxes = functionAxes, VariableAxes = variableAxes };
        var text = _text = proven.Derivative.Order <= 2 ? Text(points) : null;
        if (text is not null)
        {
            var laidOut = LaidOut(text, function, variable, order, layout).Program;
            if (text.Bindings.Count < 20) laidOut = Repeats.Name(laidOut, Taken().ToHashSet(StringComparer.Ordinal));
            form = form with { Text = NotationWriter.Write(laidOut, work), Latex = Markup(() => LatexWriter.Write(laidOut)), Mathml = Markup(() => MathmlWriter.Write(laidOut)) };
        }
        // A text that has no value anywhere, as that of det(x*x'), tells nothing: then cofactors are shown.
        var shown = text is null && proven.Derivative.Order <= 2 ? proven : written;
        var writer = new MatrixWriter(shown.Tensors, _sizes, SearchBudget);
        return form with
        {
            Index = new IndexWriter(writer).Write(name, shown.Derivative, Taken()),
            Vec = text is null ? VecWriter.Write(writer, shown.Derivative, shown.Derivative.Order - variableAxes, variableAxes) : null,
            LinearMap = text is null ? LinearMap(shown, variable) : null,
        };
    }

    /// <summary>Whether the text has the derivative's value at a point; true where there is no text.</summary>
    public bool HoldAt(IReadOnlyDictionary<string, NDArray<double>> values, IReadOnlyDictionary<string, long> sizes) => _text is null || Agrees(_text, [(values, sizes)]);

    private IEnumerable<string> Taken() =>
        program.Variables.Select(v => v.Name).Concat(program.Syntax.Bindings.SelectMany(b => b.Names)).Concat(program.DimensionNames).Append("pi");

    private Written? Text(IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> points)
    {
        var taken = program.Variables.Select(v => v.Name).Concat(program.DimensionNames).Append("pi").ToHashSet(StringComparer.Ordinal);
        var tensors = written.Tensors;
        if (EigenvectorNames.Apply(tensors, written.Derivative, _sizes, taken) is not var (root, preludes)) return null;
        var own = written.Bindings.Where(b => !taken.Contains(b.Key)).ToDictionary(b => b.Key, b => b.Value, StringComparer.Ordinal);
        var best = new Naming(tensors, _sizes, own, taken.Concat(program.Syntax.Bindings.SelectMany(b => b.Names)), SearchBudget).Write(root);
        if (best is not null && Agrees(best = best with { Preludes = preludes }, points)) return best;
        // The plainest reading: no search, no names; and if there is none, entry by entry.
        var plain = new MatrixWriter(tensors, _sizes, 0).Write(root) is { } form ? new Written([], form) : ByEntries(root, taken);
        return plain is not null && Agrees(plain = plain with { Preludes = preludes }, points) ? plain : null;
    }

    private Written? ByEntries(Node root, IEnumerable<string> taken)
    {
        if (root.Axes.Any(a => a.Size is > LargestByEntries)) return null;
        var writer = new IndexWriter(new MatrixWriter(written.Tensors, _sizes, SearchBudget), asProgram: true);
        if (writer.WriteProgram(root, taken.Concat(program.Syntax.Bindings.SelectMany(b => b.Names))) is not { } text) return null;
        var read = Parser.Parse(text);
        return new([.. read.Bindings.Select(b => (b.Names[0], Form.Of(b.Value, Kind.Matrix)))], Form.Of(read.Function, MatrixWriter.KindOf(root)));
    }

    // Whether a text, read back and evaluated by the interpreter, has the value of the derivative.
    private bool Agrees(Written text, IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> points)
    {
        TypedProgram typed;
        try
        {
            var declarations = program.Variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default)).ToArray();
            typed = Inference.Infer(Parser.Parse(NotationWriter.Write(text.Program)), declarations, new Dictionary<string, GivenShape>(), work);
        }
        catch (NablaException e) when (e.Code != ErrorCode.Limit)
        {
            return false;
        }
        foreach (var (values, sizes) in points)
        {
            var evaluator = new TensorEvaluator(values, sizes, work);
            double[] expected = evaluator.Evaluate(proven.Derivative).ToArray();
            double[] found;
            try
            {
                found = Interpreter.Evaluate(typed, program.Variables.ToDictionary(v => v.Name, v => Values.Of(v.Shape.Kind, values[v.Name]), StringComparer.Ordinal), work).Value.Real.ToArray();
            }
            catch (NablaException e) when (e.Code != ErrorCode.Limit)
            {
                return false;
            }
            if (found.Length != expected.Length) return false;
            double top = expected.Max(Math.Abs);
            for (int i = 0; i < found.Length; i++)
                if (!(Math.Abs(found[i] - expected[i]) <= 1e-9 * top + 1e-13 * evaluator.Magnitude + 1e-300)) return false;
        }
        return true;
    }

    private static Written LaidOut(Written text, Shape function, Variable variable, int order, Layout layout)
    {
        if (order > 1) return text;
        bool scalarFunction = function.IsScalar, scalarVariable = variable.Shape.IsScalar;
        bool transposed = layout switch
        {
            Layout.Numerator => scalarFunction && !scalarVariable,
            Layout.Denominator => !scalarFunction,
            _ => false,
        };
        if (scalarVariable && function.Kind == Kind.Row) transposed = !transposed;
        return transposed ? text.Transposed : text;
    }

    private string? LinearMap(Tower shown, Variable variable)
    {
        var (tensors, derivative) = (shown.Tensors, shown.Derivative);
        string name = "H";
        while (Taken().Contains(name)) name += "H";
        var change = tensors.Symbol(name, variable.Shape.Axes);
        var c = new Contraction(tensors);
        int[] labels = c.LabelsFor(derivative);
        int function = derivative.Order - change.Order;
        if (function > 2) return null;
        c.Multiply(derivative, labels);
        c.Multiply(change, labels[function..]);
        return new MatrixWriter(tensors, _sizes, SearchBudget).Write(c.Build(labels[..function])) is { } form ? form.Key : null;
    }
}
