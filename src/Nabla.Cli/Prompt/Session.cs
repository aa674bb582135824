using Nabla.Cli.Commands;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Prompt;

/// <summary>A conversation: what was declared, defined and given a value is kept from line to line.</summary>
/// <remarks>
/// A binding without names on its right side gives a value, at which functions are evaluated and by which they are differentiated;
/// any other binding is a definition, which is put before every line that uses it. A later binding of a name takes the place of an earlier one.
/// </remarks>
internal sealed class Session(Engine engine, StyledWriter answers, StyledWriter errors)
{
    private const string Help = """
        A in R^(m x n)            declares a name: kind, dimensions, properties
        x = [1, 2]'               gives a name a value
        z = A*x + b               defines a name
        diff sin(z) by x          the derivative, with its shapes and a proof
        diff x'*A*x by x order 2  the second derivative
        inv(A)*b                  the value of an expression
        vars                      what is declared, defined and given
        clear, clear x            forgets everything, or one name
        quit                      ends (as does Ctrl-D)
        """;

    private readonly Dictionary<string, string> _declarations = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Text)> _definitions = [];
    private readonly Dictionary<string, NDArray<double>> _values = new(StringComparer.Ordinal);

    /// <summary>Whether a line had an error.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellation">Ends the computation early.</param>
    /// <returns>False when the conversation is to end.</returns>
    public bool Take(string line, CancellationToken cancellation = default)
    {
        foreach (string statement in Statement.Split(line))
        {
            if (statement is "quit" or "exit") return false;
            try
            {
                Answer(statement, new Work(null, cancellation));
            }
            catch (NablaException e)
            {
                HasFailed = true;
                ErrorText.Write(errors, e, statement, []);
                break;
            }
        }
        return true;
    }

    private void Answer(string statement, Work work)
    {
        if (statement is "help" or "?") answers.WriteLine(Help);
        else if (statement == "vars") ShowNames();
        else if (statement == "clear") Clear();
        else if (statement.StartsWith("clear ", StringComparison.Ordinal)) Forget(statement[6..].Trim());
        else if (Statement.Derivative(statement) is { } question) Differentiate(question.Expression, question.Wrt, question.Order, work);
        else if (Statement.DeclaredName(statement) is { } name) Declare(name, statement, work);
        else if (Statement.Binding(statement) is { } binding) Bind(binding.Names, binding.Value, statement, work);
        else EvalCommand.WriteText(answers, Evaluate(statement, work));
    }

    private void Differentiate(string expression, string? wrt, int order, Work work)
    {
        var (definitions, names) = Needed(expression);
        var question = new DerivativeRequest
        {
            Expression = definitions + expression,
            Declare = DeclarationsOf(names.Append(wrt)),
            Wrt = wrt,
            Order = order,
            At = ValuesOf(names),
            Work = work,
        };
        DerivativeText.Write(answers, question, Placed(definitions, expression, () => engine.Derivative(question)));
    }

    private void Declare(string name, string statement, Work work)
    {
        string? before = _declarations.GetValueOrDefault(name);
        _declarations[name] = statement;
        try
        {
            Try(name, work);
        }
        catch (NablaException e)
        {
            if (before is null) _declarations.Remove(name);
            else _declarations[name] = before;
            throw new NablaException(e.Code, e.Message, e.Place is { Declaration: not null } place ? place with { Declaration = null } : null, e);
        }
    }

    private void Bind(string[] names, string value, string statement, Work work)
    {
        if (names.Length == 1 && (Needed(value).Names.Except(["pi"]).Any() || Statement.Names(value).Contains(names[0])))
        {
            Define(names[0], value, statement, work);
            return;
        }
        var outputs = Evaluate(statement, work, names).Outputs;
        foreach (string name in names) Forget(name, keepDeclaration: true);
        foreach (var (name, output) in outputs)
        {
            if (output.IsComplex) throw new NablaException(ErrorCode.Unsupported, $"A value must be real to be kept, but '{name}' is complex.");
            _values[name] = Bindings.ToArray(output);
            Try(name, work);
        }
    }

    private void Define(string name, string value, string statement, Work work)
    {
        if (Needed(value).Names.Contains(name)) throw new NablaException(ErrorCode.Name, $"'{name}' cannot be defined by itself.");
        int at = _definitions.FindIndex(d => d.Name == name);
        Try(value, work);
        _values.Remove(name);
        if (at >= 0) _definitions[at] = (name, statement);
        else _definitions.Add((name, statement));
    }

    // What is well formed has a value, or lacks only the values of its names.
    private void Try(string expression, Work work)
    {
        try
        {
            Evaluate(expression, work);
        }
        catch (NablaException e) when (e.Code == ErrorCode.Request)
        {
        }
    }

    private EvaluationAnswer Evaluate(string expression, Work work, params string[] bound)
    {
        var (definitions, names) = Needed(expression, bound);
        var question = new EvaluationRequest { Expression = definitions + expression, Declare = DeclarationsOf(names), At = ValuesOf(names), Work = work };
        return Placed(definitions, expression, () => engine.Evaluate(question));
    }

    // The definitions that an expression uses, each after those it uses itself, and all names that then occur.
    private (string Definitions, HashSet<string> Names) Needed(string expression, params string[] bound)
    {
        var names = Statement.Names(expression);
        names.ExceptWith(bound);
        var used = new List<string>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<(string Name, bool IsDone)>(names.Select(n => (n, false)));
        while (pending.TryPop(out var next))
        {
            int at = _definitions.FindIndex(d => d.Name == next.Name);
            if (at < 0) continue;
            if (next.IsDone)
            {
                used.Add(_definitions[at].Text);
                continue;
            }
            if (!visited.Add(next.Name)) continue;
            pending.Push((next.Name, true));
            foreach (string inner in Statement.Names(_definitions[at].Text))
            {
                names.Add(inner);
                if (inner != next.Name) pending.Push((inner, false));
            }
        }
        return (string.Concat(used.Select(text => text + "\n")), names);
    }

    private List<string> DeclarationsOf(IEnumerable<string?> names) => [.. names.Distinct().Where(n => n is not null && _declarations.ContainsKey(n)).Select(n => _declarations[n!])];

    private Dictionary<string, NDArray<double>> ValuesOf(IEnumerable<string> names) => names.Where(_values.ContainsKey).ToDictionary(n => n, n => _values[n], StringComparer.Ordinal);

    // An error within the line is told where it stands in the line; one in a definition is told of the definition.
    private static T Placed<T>(string definitions, string expression, Func<T> function)
    {
        int lines = definitions.Count(c => c == '\n');
        try
        {
            return function();
        }
        catch (NablaException e) when (e.Place is { Declaration: null } place && lines > 0)
        {
            if (place.Line > lines) throw new NablaException(e.Code, e.Message, place with { Line = place.Line - lines }, e);
            throw new NablaException(e.Code, $"In '{definitions.Split('\n')[place.Line - 1]}', column {place.Column}: {e.Message}", null, e);
        }
    }

    private void ShowNames()
    {
        foreach (string declaration in _declarations.Values) answers.WriteLine(declaration, Role.Name);
        foreach (var (_, text) in _definitions) answers.WriteLine(text, Role.Formula);
        foreach (var (name, value) in _values)
        {
            string text = ValueText.Of(value);
            answers.Write(name, Role.Name).WriteLine(text.Contains('\n') || text.StartsWith(' ') ? " =\n" + text : $" = {text}{(value.Order == 1 ? "'" : "")}");
        }
        if (_declarations.Count + _definitions.Count + _values.Count == 0) answers.WriteLine("Nothing is declared, defined or given.", Role.Faint);
    }

    private void Clear()
    {
        _declarations.Clear();
        _definitions.Clear();
        _values.Clear();
    }

    private void Forget(string name, bool keepDeclaration = false)
    {
        if (!keepDeclaration) _declarations.Remove(name);
        _definitions.RemoveAll(d => d.Name == name);
        _values.Remove(name);
    }
}
