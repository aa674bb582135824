using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;
using TextWriter = Nabla.Expressions.Writing.TextWriter;

namespace Nabla.Expressions.Explanation;

/// <summary>What all views of a derivation share: the quantities with their values at the points, and the derivatives of each by its inputs.</summary>
internal sealed class DerivationContext
{
    private const int MostPoints = 2;

    /// <param name="solved">What is explained.</param>
    /// <param name="finds">Whether arguments of functions are named beside the user's own bindings.</param>
    /// <param name="work">The budget.</param>
    public DerivationContext(Solved solved, bool finds, Work work)
    {
        Solved = solved;
        Quantities = Explanation.Quantities.Of(solved.Program, solved.Variable, finds);
        Proof = new(solved.Program, solved.Points.Take(MostPoints), work);
        Calculus = new(solved.Program, Proof, solved.DeclaredDimensions, solved.Implied, work);
        foreach (var q in Quantities)
        {
            Proof.Define(q.Name, q.Value, q.Shape);
            Calculus.Add(q.Name, q.Shape);
        }
        foreach (string name in Quantities.Where(q => q.Inputs.Count > 0).Select(q => q.Name).Prepend(solved.Variable.Name)) Change(name);
    }

    /// <summary>What is explained.</summary>
    public Solved Solved { get; }

    /// <summary>The quantities; the last one is the function.</summary>
    public IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>The function.</summary>
    public Quantity Function => Quantities[^1];

    /// <summary>The quantities between the variable and the function.</summary>
    public IEnumerable<Quantity> Inner => Quantities.Take(Quantities.Count - 1).Where(q => q.Inputs.Count > 0);

    /// <summary>Checks steps.</summary>
    public StepProof Proof { get; }

    /// <summary>The core.</summary>
    public LocalCalculus Calculus { get; }

    /// <summary>The names that change, with their differentials.</summary>
    public Dictionary<string, string> Differentials { get; } = new(StringComparer.Ordinal);

    /// <summary>The shape of a name.</summary>
    public Shape ShapeOf(string name) => Proof.ShapeOf(name);

    /// <summary>The differentials of some names only.</summary>
    public Dictionary<string, string> Along(params IEnumerable<string> names) => names.ToDictionary(n => n, n => Differentials[n], StringComparer.Ordinal);

    /// <summary>The differential of an expression when some of its names change, with its steps; null where it has no matrix form.</summary>
    public (SyntaxNode? Differential, IReadOnlyList<DerivationStep> Steps) Differential(SyntaxNode expression, params IEnumerable<string> names)
    {
        var along = Along(names);
        try
        {
            return new Differentials(Proof, along, piece => Calculus.Differential(piece, along)).Of(expression);
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return (null, []);
        }
    }

    /// <summary>How a derivative is written with rows for what is differentiated; one entry in index notation where no matrix holds it.</summary>
    public (string Text, SyntaxNode? Syntax, IReadOnlyList<Dimension> Shape) Laid(Node derivative, string of, string by)
    {
        var (f, x) = (ShapeOf(of), ShapeOf(by));
        var form = derivative.Order <= 2 ? Calculus.Write(derivative) : null;
        bool isRow = f.IsScalar && x.Axes.Count == 1;
        if (form is null) return (Calculus.Entry($"d{of}_d{by}", derivative) ?? "", null, [.. derivative.Axes]);
        if (isRow || (f.Kind == Kind.Row && x.IsScalar)) form = form.Transpose();
        IReadOnlyList<Dimension> shape = isRow ? [Dimension.One, .. derivative.Axes] : [.. derivative.Axes];
        return (TextWriter.Write(form.Syntax), form.Syntax, shape);
    }

    /// <summary>The error of a derivative of one name by another: against differences along a direction.</summary>
    public double? LocalError(Quantity of, string by, Node derivative) =>
        Proof.DifferentialError(of.Value, point => Applied(derivative, by, point), Along([by]));

    /// <summary>A derivative applied to the differential of a name, at a point.</summary>
    public double[]? Applied(Node derivative, string by, int point)
    {
        if (Calculus.Evaluate(derivative, point) is not { } entries) return null;
        var d = Proof[point].Values[Differentials[by]].Real;
        double[] result = new double[entries.Length / d.Length];
        for (int i = 0; i < result.Length; i++)
            for (int k = 0; k < d.Length; k++) result[i] += entries[i * d.Length + k] * d[k];
        return result;
    }

    /// <summary>The last steps: the layout, a projection, the quantities put back, the text of the core.</summary>
    /// <param name="steps">The steps so far.</param>
    /// <param name="found">The derivative that they ended in, in terms of the quantities.</param>
    /// <param name="text">How it was written.</param>
    /// <param name="isRow">Whether it was written as a row.</param>
    public void Finish(List<DerivationStep> steps, Node found, SyntaxNode? text, bool isRow)
    {
        var (x, function) = (Solved.Variable, Function);
        if (isRow && text is not null && Calculus.Write(found) is { } column)
        {
            var before = text;
            text = column.Syntax;
            steps.Add(new("layout", TextWriter.Write(before), TextWriter.Write(text), [.. found.Axes],
                $"In the chain rule a row belongs to an entry of {function.Name}; the gradient of a scalar is written as a column, with the shape of {x.Name}: it is transposed.",
                Proof.Difference(new([], [], new TransposeSyntax(before), []), new([], [], text, [])), []));
        }
        var (projected, note) = Nabla.Expressions.Calculus.Projection.Apply(Calculus.Tensors, found, Calculus.Symbol(x.Name));
        if (!ReferenceEquals(projected, found) && note is not null)
        {
            string before = text is null ? Calculus.Entry("D", found) ?? "" : TextWriter.Write(text);
            text = projected.Order <= 2 ? Calculus.Write(projected)?.Syntax : null;
            steps.Add(new("projection", before, text is null ? Calculus.Entry("D", projected) ?? "" : TextWriter.Write(text), [.. projected.Axes], note, Error(projected), []));
        }
        string end = Derivations.Result(Solved);
        string last = text is null ? steps.Count == 0 ? "" : steps[^1].After : TextWriter.Write(text);
        double? error = FinalError();
        if (Error(projected) is > 1e-6 and var gap)
            throw new NablaException(ErrorCode.Internal, $"The derivation ends in {last}, but the derivative is {end}: the relative error is {gap:g3}.");
        var shown = Inner.Select(q => $"{q.Name} = {TextWriter.Write(q.Value)}").ToArray();
        if (end == last && steps.Count > 0) return;
        string reason = shown.Length > 0 ? $"{Listed(shown)} {(shown.Length == 1 ? "is" : "are")} put back. {Rewritten(end)}" : Rewritten(end);
        steps.Add(new(shown.Length > 0 ? "substitution" : "canonical-form", last, end, Solved.Form.Axes, reason, error ?? Error(projected), []));
    }

    /// <summary>How far a derivative in terms of the quantities is from the core's own.</summary>
    public double? Error(Node found) => Proof.Largest(point => (Calculus.Evaluate(found, point), Calculus.Evaluate(Solved.Derivative, point)));

    private double? FinalError()
    {
        if (Solved.Form.Text is not { } text) return null;
        var program = Parser.Parse(text);
        double? straight = Proof.DifferenceFrom(program, point => Calculus.Evaluate(Solved.Derivative, point));
        if (straight is not > 1e-7) return straight;
        // Another layout is the transpose.
        return Proof.DifferenceFrom(program with { Function = new TransposeSyntax(program.Function) }, point => Calculus.Evaluate(Solved.Derivative, point));
    }

    private string Rewritten(string end) => Solved.Form.Text is null
        ? "No matrix expression holds the tensor: one entry is written with indices."
        : end.Contains(';', StringComparison.Ordinal)
            ? "Products are opened, equal factors merged by their exponents and equal terms by their coefficients; what stands more than once gets a name."
            : "Products are opened, equal factors merged by their exponents and equal terms by their coefficients; common factors are taken out.";

    private static string Listed(string[] items) => items.Length == 1 ? items[0] : $"{string.Join(", ", items[..^1])} and {items[^1]}";

    private void Change(string name)
    {
        string d = "d" + name;
        while (Proof.IsKnown(d) || Solved.Program.IsBound(d)) d = "d" + d;
        Differentials[name] = d;
        Proof.Direct(d, name);
        Calculus.Add(d, ShapeOf(name));
    }
}
