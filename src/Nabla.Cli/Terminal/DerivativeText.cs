using System.Globalization;
using Nabla.Cli.Prompt;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Terminal;

/// <summary>Shows a derivative to a person: what was assumed, the function, the derivative with its shape, the proof.</summary>
internal static class DerivativeText
{
    /// <summary>Writes an answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer.</param>
    public static void Write(StyledWriter output, DerivativeRequest question, DerivativeAnswer answer)
    {
        WriteVariables(output, answer.Variables);
        string variable = question.Wrt ?? (answer.Variables.Count == 1 ? answer.Variables[0].Name : "x");
        string label = question.Order == 1 ? $"df/d{variable}" : $"d{question.Order}f/d{variable}{question.Order}";
        output.WriteLine();
        WriteForm(output, "f", answer.Function.Text, answer.Function.Shape.ToString());
        output.WriteLine();
        if (answer.Derivative.Text is { } text) WriteForm(output, label, text, Axes(answer.Derivative.Axes));
        else WriteTensor(output, label, answer.Derivative);
        if (answer.Function.Value is { } value) WriteValue(output, "f", ValueText.Of(value));
        if (answer.Derivative.Value is { } derivative) WriteValue(output, label, ValueText.Of(derivative));
        output.WriteLine();
        if (answer.Check is { } check)
            output.Write("proved ", Role.Good).WriteLine($"at {check.Points} points ({check.Method}): largest relative error {check.MaxRelativeError.ToString("0.0e0", CultureInfo.InvariantCulture)}");
        else
            output.WriteLine(question.Check ? "not proved" : "not proved: the check was switched off", Role.Faint);
        WriteNotes(output, answer);
    }

    /// <summary>Writes what was assumed in one line, for answers that are the derivative and nothing else, and then the notes.</summary>
    public static void WriteRemarks(StyledWriter output, DerivativeAnswer answer)
    {
        string[] assumed = [.. answer.Variables.Where(v => !v.Declared).Select(Declaration)];
        if (assumed.Length > 0) output.Write("assumed ", Role.Faint).WriteLine(string.Join("; ", assumed));
        WriteNotes(output, answer);
    }

    // That a name is of its default kind is told by its declaration.
    private static void WriteNotes(StyledWriter output, DerivativeAnswer answer)
    {
        foreach (string note in answer.Notes)
            if (!answer.Variables.Any(v => note.StartsWith($"assumed: {v.Name} is a ", StringComparison.Ordinal))) output.Write("note ", Role.Faint).WriteLine(note);
    }

    /// <summary>Writes the names with their kinds and dimensions, one a line, as declarations that can be copied.</summary>
    public static void WriteVariables(StyledWriter output, IReadOnlyList<Variable> variables)
    {
        int width = variables.Count == 0 ? 0 : variables.Max(v => Declaration(v).Length);
        foreach (var variable in variables)
        {
            string declaration = Declaration(variable);
            output.Write(declaration, Role.Name);
            if (!variable.Declared) output.Write(new string(' ', width - declaration.Length)).Write("   # assumed", Role.Faint);
            output.WriteLine();
        }
    }

    /// <summary>A variable as the notation declares it.</summary>
    public static string Declaration(Variable variable)
    {
        string set = variable.Shape.Kind switch
        {
            Kind.Scalar => "R",
            Kind.Matrix => $"R^({variable.Shape.Rows} x {variable.Shape.Columns})",
            Kind.Row => $"R^(1 x {variable.Shape.Columns})",
            _ => variable.Shape.Rows.Size is null && variable.Shape.Rows.Name is null ? $"R^({variable.Shape.Rows})" : $"R^{variable.Shape.Rows}",
        };
        return string.Join(' ', [$"{variable.Name} in {set}", .. PropertyNames.Of(variable.Properties)]);
    }

    // A program has a line for every name that it binds.
    private static void WriteForm(StyledWriter output, string label, string text, string shape)
    {
        string[] statements = [.. Statement.Split(text)];
        foreach (string binding in statements[..^1]) output.WriteLine(binding, Role.Formula);
        output.Write(label, Role.Name).Write(" = ").Write(statements[^1], Role.Formula).WriteLine($"   # {shape}", Role.Faint);
    }

    private static void WriteTensor(StyledWriter output, string label, DerivativeForm derivative)
    {
        output.Write(label, Role.Name).WriteLine($"   # {Axes(derivative.Axes)}; no matrix expression holds it", Role.Faint);
        foreach (var (name, text) in new[] { ("entries", derivative.Index), ("vec", derivative.Vec), ("linear map", derivative.LinearMap) })
            if (text is not null) output.Write($"  {name}: ", Role.Faint).WriteLine(text, Role.Formula);
    }

    private static void WriteValue(StyledWriter output, string label, string text)
    {
        output.WriteLine().Write(label, Role.Name);
        if (text.Contains('\n') || text.StartsWith(' ')) output.WriteLine(" =").WriteLine(text);
        else output.WriteLine($" = {text}");
    }

    private static string Axes(IReadOnlyList<Dimension> axes) => axes.Count switch
    {
        0 => "scalar",
        1 => axes[0].ToString(),
        _ => string.Join(" x ", axes),
    };
}
