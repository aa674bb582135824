using System.Collections.Concurrent;
using System.Numerics;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>An expression and its derivatives as one plan: common work is done once, over memory that is used again.</summary>
/// <remarks>
/// The plan is made anew for every choice of sizes, and kept. A compiled expression can be shared between threads; an
/// <see cref="Evaluation{T}"/> belongs to one thread at a time.
/// </remarks>
/// <typeparam name="T">The type of the entries: <see cref="double"/> or <see cref="float"/>.</typeparam>
public sealed partial class CompiledExpression<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConcurrentBag<Evaluation<T>> _free = [];

    internal CompiledExpression(Compiled compiled)
    {
        Compiled = compiled;
        Inputs = [.. compiled.Inputs.Select(v => v.Name)];
        Outputs = [.. compiled.Names];
    }

    internal Compiled Compiled { get; }

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The names of the results.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Compiles a program of the notation.</summary>
    /// <param name="program">The program.</param>
    /// <param name="declare">Declarations of its variables.</param>
    /// <param name="outputs">What is computed; the value alone where nothing is said.</param>
    /// <exception cref="NablaException">The program is refused, or there is no derivative.</exception>
    public static CompiledExpression<T> Parse(string program, IReadOnlyList<string> declare, params IReadOnlyList<Output> outputs)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(declare);
        ArgumentNullException.ThrowIfNull(outputs);
        var declarations = new List<Declaration>();
        for (int i = 0; i < declare.Count; i++) declarations.AddRange(Parser.ParseDeclaration(declare[i], i));
        return new(new Compiled(Parser.Parse(program), declarations, outputs));
    }

    /// <summary>Memory for evaluations, one after the other.</summary>
    public Evaluation<T> CreateEvaluation() => new(this);

    /// <summary>The results for the given inputs, in the order of <see cref="Outputs"/>, as arrays of their own.</summary>
    /// <param name="values">The inputs by name.</param>
    /// <exception cref="NablaException">A value is missing or does not fit, or the results do not exist there.</exception>
    public IReadOnlyList<NDArray<T>> Evaluate(params IEnumerable<(string Name, NDArray<T> Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!_free.TryTake(out var evaluation)) evaluation = new(this);
        foreach (var (name, value) in values) evaluation.Set(name, value);
        evaluation.Run();
        NDArray<T>[] results = [.. Outputs.Select((_, i) => evaluation.ToArray(i))];
        evaluation.Forget();
        _free.Add(evaluation);
        return results;
    }

    /// <summary>The plan as code of another language: a function of the inputs that returns all results, and refuses inputs of other shapes.</summary>
    /// <param name="target">The language.</param>
    /// <param name="name">The name of the function.</param>
    /// <exception cref="ArgumentException">The name is no identifier of the language, or a word that its code needs.</exception>
    /// <exception cref="NablaException">The language has no words for a function (<see cref="ErrorCode.Unsupported"/>).</exception>
    public string ToCode(CodeTarget target, string name = "derivative") => Writing.Code.CodeWriter.Write(Compiled, target, name);

    /// <summary>What the plan does for inputs of the given shapes: steps, operations, bytes, the order of products, and what the naive order would have cost.</summary>
    /// <param name="shapes">The shape of every input, in the order of <see cref="Inputs"/>.</param>
    /// <exception cref="NablaException">A shape does not fit.</exception>
    public string Explain(params IReadOnlyList<int[]> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count != Inputs.Count) throw new NablaException(ErrorCode.Request, $"There are {Inputs.Count} inputs ({string.Join(", ", Inputs)}), but {shapes.Count} shapes.");
        return Compiled.PlanFor(shapes).Explain<T>();
    }
}
