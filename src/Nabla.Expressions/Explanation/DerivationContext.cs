using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>What all views of a derivation share: the quantities with their values at the points, and the derivatives of each by its inputs.</summary>
internal sealed class DerivationContext
{
    private const int MostPoints = 2;

    // A longer line is not read.
    private const int MostRaw = 160;
    private const int MostPieces = 2000;

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
            var properties = q == Function ? Properties.None : Known(Calculus.NodeOf(q.Value));
            Proof.Define(q.Name, q.Value, q.Shape);
            Proof.Know(q.Name, properties);
            Calculus.Add(q.Name, q.Shape, properties);
        }
        foreach (string name in Quantities.Where(q => q.Inputs.Count > 0).Select(q => q.Name).Prepend(solved.Variable.Name)) Change(name);
    }

    private static Properties Known(Node value) => Signs.IsPositive(value) ? Properties.Positive : Properties.None;

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
        if (form is null) return (Calculus.Entry(of, by, derivative) ?? "", null, [.. derivative.Axes]);
        IReadOnlyList<Dimension> shape = isRow ? [Dimension.One, .. derivative.Axes] : [.. derivative.Axes];
        var syntax = isRow || (f.Kind == Kind.Row && x.IsScalar) ? Turned(form) : form.Syntax;
        return (NotationWriter.Write(syntax), syntax, shape);
    }

    // A transposed product has its numbers in front, as before.
    private static SyntaxNode Turned(Form form) => NumbersFirst(form.Transpose().Syntax);

    private static SyntaxNode NumbersFirst(SyntaxNode node)
    {
        var children = SyntaxPieces.Children(node);
        if (children.Count > 0) node = SyntaxPieces.With(node, [.. children.Select(NumbersFirst)]);
        if (node is not ProductSyntax product || product.First is NumberSyntax) return node;
        // What stands left of a matrix product is one factor of it: a number commutes with that.
        int at = product.Links.TakeWhile(l => l.Operator == Infix.Multiply).ToList().FindIndex(l => l.Operand is NumberSyntax);
        if (at < 0) return node;
        ProductLink[] rest = [.. product.Links.Take(at), .. product.Links.Skip(at + 1)];
        return new ProductSyntax(product.Links[at].Operand, [new(Infix.Multiply, product.First), .. rest]);
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
        Layouts = LaidOut(found);
        if (isRow && Solved.Layout != Layout.Numerator && text is not null && Calculus.Write(found) is { } column)
        {
            var before = text;
            text = column.Syntax;
            steps.Add(new("layout", NotationWriter.Write(before), NotationWriter.Write(text), [.. found.Axes],
                $"In the chain rule a row belongs to an entry of {function.Name}; the gradient of a scalar is written as a column, with the shape of {x.Name}: it is transposed.",
                Proof.Difference(new([], [], new TransposeSyntax(before), []), new([], [], text, [])), []));
        }
        var (projected, note) = Nabla.Expressions.Calculus.Projection.Apply(Calculus.Tensors, found, Calculus.Symbol(x.Name));
        if (!ReferenceEquals(projected, found) && note is not null)
        {
            string before = text is null ? Calculus.Entry("D", found) ?? "" : NotationWriter.Write(text);
            text = projected.Order <= 2 ? Calculus.Write(projected)?.Syntax : null;
            steps.Add(new("projection", before, text is null ? Calculus.Entry("D", projected) ?? "" : NotationWriter.Write(text), [.. projected.Axes], note, Error(projected), []));
        }
        var chosen = Solved.Layout == Layout.Mixed ? null : Layouts.FirstOrDefault(l => string.Equals(l.Name, Solved.Layout.ToString(), StringComparison.OrdinalIgnoreCase));
        string end = Derivations.Result(Solved);
        string last = text is null ? steps.Count == 0 ? "" : steps[^1].After : NotationWriter.Write(text);
        double? error = FinalError();
        if (Error(projected) is > 1e-6 and var gap)
            throw new NablaException(ErrorCode.Internal, $"The derivation ends in {last}, but the derivative is {end}: the relative error is {gap:g3}.");
        if (end == last && steps.Count > 0) return;
        // Quantities that the answer binds as well keep their names.
        var bindings = Solved.Form.Text is null ? [] : Parser.Parse(end).Bindings;
        var kept = Inner.Where(q => bindings.Any(b => b.Names[0] == q.Name && NotationWriter.Write(b.Value) == NotationWriter.Write(q.Value))).ToArray();
        var gone = Inner.Except(kept).ToArray();
        var shown = gone.Select(q => $"{q.Name} = {NotationWriter.Write(q.Value)}").ToArray();
        if (text is not null && shown.Length > 0 && Raw(text, gone) is var raw && NotationWriter.Write(raw) is { Length: <= MostRaw } put && put != last && put != end)
        {
            steps.Add(new("substitution", last, put, [.. projected.Axes], PutBack(shown), Proof.Difference(new([], [], text, []), new([], [], raw, [])), []));
            (last, text, shown) = (put, raw, []);
        }
        string reason = string.Join(" ", [.. shown.Length > 0 ? [PutBack(shown)] : Array.Empty<string>(), .. text is not null && NotationWriter.Write(Raw(text, gone)) == end ? [] : Rewritten(text, end, kept)]);
        if (chosen is not null) reason += $" In {chosen.Name} layout {chosen.Reason}";
        steps.Add(new(shown.Length > 0 ? "substitution" : "canonical-form", last, end, chosen?.Shape ?? Solved.Form.Axes, reason.TrimStart(), error ?? Error(projected), []));
    }

    private static string PutBack(string[] shown) => $"{Listed(shown)} {(shown.Length == 1 ? "is" : "are")} put back.";

    private static SyntaxNode Raw(SyntaxNode text, Quantity[] gone)
    {
        foreach (var q in gone.Reverse()) text = SyntaxPieces.Replace(text, n => n is NameSyntax s && s.Name == q.Name ? q.Value : null);
        return text;
    }

    /// <summary>The derivative in the layouts of different books; empty where they do not differ.</summary>
    public IReadOnlyList<LaidOutDerivative> Layouts { get; private set; } = [];

    private IReadOnlyList<LaidOutDerivative> LaidOut(Node found)
    {
        var (f, x) = (Function.Shape, Solved.Variable.Shape);
        if (found.Order is 0 or > 2 || f.Kind == Kind.Row || x.Kind == Kind.Row || Calculus.Write(found) is not { } form) return [];
        string straight = NotationWriter.Write(form.Syntax), turned = NotationWriter.Write(Turned(form));
        IReadOnlyList<Dimension> shape = found.Order == 1 ? [found.Axes[0], Dimension.One] : [.. found.Axes], other = [shape[1], shape[0]];
        string rows = $"rows belong to {Function.Name}", columns = $"rows belong to {Solved.Variable.Name}";
        return (f.Axes.Count, x.Axes.Count) switch
        {
            (0, _) => [
                new("numerator", turned, other, $"{rows}: the gradient is transposed, and the chain rule multiplies from left to right."),
                new("mixed", straight, shape, $"the gradient has the shape of {Solved.Variable.Name}, so that a step of descent is {Solved.Variable.Name} minus a multiple of it."),
                new("denominator", straight, shape, $"{columns}: the chain rule multiplies from right to left.")],
            (_, 0) => [
                new("numerator", straight, shape, $"{rows}."),
                new("mixed", straight, shape, $"the derivative has the shape of {Function.Name}."),
                new("denominator", turned, other, $"{columns}: the derivative is transposed.")],
            _ => [
                new("numerator", straight, shape, $"{rows}, columns to {Solved.Variable.Name}: this is the Jacobian, and the chain rule multiplies from left to right."),
                new("mixed", straight, shape, "vectors by vectors are written as in numerator layout."),
                new("denominator", turned, other, $"{columns}, columns to {Function.Name}: the Jacobian is transposed, and the chain rule multiplies from right to left.")],
        };
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

    private IEnumerable<string> Rewritten(SyntaxNode? before, string end, Quantity[] kept)
    {
        if (Solved.Form.Text is null)
        {
            yield return "No matrix expression holds the tensor: one entry is written with indices.";
            yield break;
        }
        var after = Parser.Parse(end);
        Quantity[] named = [.. Quantities.SkipLast(1)];
        // What gets a name in the answer is compared where it stands.
        var bare = SyntaxPieces.Inlined(after with { Bindings = [.. after.Bindings.Where(b => kept.All(q => q.Name != b.Names[0]))] }, MostPieces);
        bool isSame = before is not null && bare is not null && NotationWriter.Write(Raw(before, named)) == NotationWriter.Write(Raw(bare, named));
        var done = before is null || bare is null || isSame ? [] : Identities.Between(before, bare);
        string[] symmetric = before is null || bare is null ? [] : [.. Transposed(before).ExceptBy(Transposed(bare).Select(n => NotationWriter.Write(n)), n => NotationWriter.Write(n)).Where(IsSymmetric).Select(n => NotationWriter.Write(n))];
        foreach (string piece in symmetric) yield return $"{piece} is symmetric: it is its own transpose.";
        foreach (string sentence in done) yield return sentence;
        if (!isSame && done.Count == 0 && symmetric.Length == 0)
            yield return before is not null && bare is not null && Identities.IsReordered(before, bare)
                ? "The same factors and terms in the order in which they are shortest."
                : "Equal factors are merged by their exponents, equal terms by their coefficients, and common factors are taken out.";
        foreach (var q in kept) yield return $"{q.Name} stands more than once and keeps its name.";
        var names = after.Bindings.Where(b => kept.All(q => q.Name != b.Names[0])).Select(b => $"{NotationWriter.Write(b.Value)} gets the name {string.Join(", ", b.Names)}").ToArray();
        if (names.Length > 0) yield return $"What stands more than once: {Listed(names)}.";
    }

    private static IEnumerable<SyntaxNode> Transposed(SyntaxNode node) => SyntaxPieces.All(node).OfType<TransposeSyntax>().Select(t => t.Operand);

    private bool IsSymmetric(SyntaxNode piece)
    {
        try
        {
            return Signs.IsSymmetric(Calculus.Expanded(Calculus.NodeOf(piece), Quantities));
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            // A piece with indices has no value of its own.
            return false;
        }
    }

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
