using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation;

/// <summary>The core at work on the quantities of a derivation: derivatives of one by another, products of them, and how they are written.</summary>
internal sealed class LocalCalculus
{
    private const int SearchBudget = 20;

    private readonly TypedProgram _program;
    private readonly StepProof _proof;
    private readonly IReadOnlySet<string> _declared;
    private readonly Work _work;
    private readonly Dictionary<string, (Shape Shape, Properties Properties)> _quantities = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, Form?> _written = new(ReferenceEqualityComparer.Instance);

    /// <param name="program">The program.</param>
    /// <param name="proof">Knows the names with their values.</param>
    /// <param name="declared">The names of declared dimensions.</param>
    /// <param name="implied">What the domain of the function implies of its variables.</param>
    /// <param name="work">The budget.</param>
    public LocalCalculus(TypedProgram program, StepProof proof, IReadOnlySet<string> declared, IReadOnlyDictionary<string, Properties> implied, Work work)
    {
        (_program, _proof, _declared, _work) = (program, proof, declared, work);
        Tensors = new(work) { PiIsTaken = program.FindVariable("pi") is not null || program.IsBound("pi"), Implied = implied };
    }

    /// <summary>The store.</summary>
    public Tensors Tensors { get; }

    /// <summary>Adds a quantity or a differential to the names.</summary>
    public void Add(string name, Shape shape, Properties properties = Properties.None)
    {
        _quantities[name] = (shape, properties);
        // A name more may stand for a size.
        _written.Clear();
    }

    /// <summary>A name as a tensor.</summary>
    public SymbolNode Symbol(string name) => _program.FindVariable(name) is { } v
        ? Tensors.Symbol(v.Name, v.Shape.Axes, Tensors.PropertiesOf(v))
        : Tensors.Symbol(name, _quantities[name].Shape.Axes, _quantities[name].Properties);

    /// <summary>An expression over the known names as a tensor.</summary>
    public Node NodeOf(SyntaxNode expression) => Elaboration.Elaborate(_proof.Type(expression), Tensors).Function;

    /// <summary>The derivative of an expression by a name that counts as independent of all others.</summary>
    public Node Derivative(SyntaxNode expression, string by) => new Differentiation(Tensors).Derivative(NodeOf(expression), Symbol(by));

    /// <summary>The derivative of a quantity by one of its inputs; where the quantity's own value stands in it, its name is put: exp is its own derivative.</summary>
    public Node Derivative(Quantity quantity, string by, bool keepsValue)
    {
        var value = NodeOf(quantity.Value);
        var derivative = new Differentiation(Tensors).Derivative(value, Symbol(by));
        return keepsValue || value is SymbolNode or ContractNode or AddNode ? derivative : new Rewriting(Tensors, value, Symbol(quantity.Name)).Apply(derivative);
    }

    /// <summary>The derivative of the outer by the middle times that of the middle by the inner, summed over the axes of the middle.</summary>
    /// <param name="outer">The derivative of the outer quantity.</param>
    /// <param name="inner">The derivative of the middle quantity.</param>
    /// <param name="middle">The number of axes of the middle quantity.</param>
    public Node Chain(Node outer, Node inner, int middle)
    {
        var c = new Contraction(Tensors);
        int[] labels = c.LabelsFor(outer);
        int[] own = [.. inner.Axes.Skip(middle).Select(c.Label)];
        c.Multiply(outer, labels);
        c.Multiply(inner, [.. labels[^middle..], .. own]);
        return c.Build([.. labels[..^middle], .. own]);
    }

    /// <summary>The differential of an expression, all of whose changing names have differentials; null where it has no matrix form.</summary>
    public SyntaxNode? Differential(SyntaxNode expression, IReadOnlyDictionary<string, string> differentials)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(expression, used);
        var terms = new List<(Coefficient, Node)>();
        Node? value = null;
        foreach (var (name, d) in differentials)
        {
            if (!used.Contains(name)) continue;
            value ??= NodeOf(expression);
            var jacobian = new Differentiation(Tensors).Derivative(value, Symbol(name));
            terms.Add((1, Chain(jacobian, Symbol(d), Symbol(d).Order)));
        }
        if (value is null) return null;
        var shape = _proof.Type(expression).ShapeOf(expression);
        var form = Writer().Write(Tensors.Sum(terms, value.Axes));
        return form is null ? null : shape.Kind == Kind.Row ? form.Transpose().Syntax : form.Syntax;
    }

    /// <summary>A tensor with the quantities put in.</summary>
    public Node Expanded(Node node, IReadOnlyList<Quantity> quantities)
    {
        for (int k = quantities.Count - 2; k >= 0; k--)
        {
            if (quantities[k].Inputs.Count == 0) continue;
            node = new Rewriting(Tensors, Symbol(quantities[k].Name), NodeOf(quantities[k].Value)).Apply(node);
        }
        return node;
    }

    /// <summary>The matrix form of a tensor; null where there is none.</summary>
    public Form? Write(Node node) => _written.TryGetValue(node, out var form) ? form : _written[node] = Writer().Write(node);

    /// <summary>One entry of a tensor in index notation.</summary>
    public string? Entry(string name, Node node) => new IndexWriter(Writer()).Write(name, node, _program.Variables.Select(v => v.Name).Concat(_quantities.Keys));

    /// <summary>One entry of the derivative of one name by another: <c>dz[i]/dX[j,k] = ...</c>.</summary>
    public string? Entry(string of, string by, Node derivative)
    {
        if (Entry("D", derivative) is not { } text) return null;
        int sign = text.IndexOf(" = ", StringComparison.Ordinal);
        string[] indices = sign > 2 ? text[2..(sign - 1)].Split(',') : [];
        int own = derivative.Order - Symbol(by).Order;
        string Indexed(string name, string[] at) => at.Length == 0 ? $"d{name}" : $"d{name}[{string.Join(",", at)}]";
        return $"{Indexed(of, indices[..own])}/{Indexed(by, indices[own..])}{text[sign..]}";
    }

    /// <summary>The entries of a tensor at a point of the proof; null where it has no finite value there.</summary>
    public double[]? Evaluate(Node node, int point)
    {
        var (values, sizes) = _proof[point];
        try
        {
            var entries = values.ToDictionary(v => v.Key, v => v.Value.Kind switch
            {
                Kind.Scalar => NDArray<double>.Scalar(v.Value.Real[0]),
                Kind.Matrix => NDArray<double>.FromSpan(v.Value.Real, v.Value.Rows, v.Value.Columns),
                _ => NDArray<double>.FromSpan(v.Value.Real, v.Value.Count),
            }, StringComparer.Ordinal);
            return new TensorEvaluator(entries, sizes, _work).Evaluate(node).ToArray();
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return null;
        }
    }

    private MatrixWriter Writer()
    {
        IReadOnlyList<Variable> all = [.. _program.Variables, .. _quantities.Select(q => new Variable(q.Key, q.Value.Shape, q.Value.Properties, true))];
        return new(Tensors, new SizeWriter(all, _declared), SearchBudget);
    }
}
