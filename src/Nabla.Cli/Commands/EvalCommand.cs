using System.CommandLine;
using System.Numerics;
using Nabla.Cli.Files;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla eval EXPRESSION</c>: the value.</summary>
internal sealed class EvalCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<bool> _steps = new("--steps") { Description = "The computation, step by step." };
    private readonly Option<string> _level = new("--level") { Description = "How much of the computation is told.", DefaultValueFactory = _ => "full" };
    private readonly Option<string?> _format = new("--format") { Description = "How the value is written; text unless the name of --out says otherwise." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public EvalCommand(Engine engine, Streams streams) : base("eval", "The value of an expression or a program.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("text", "json", "csv", "npy", "latex", "mathml", "html");
        _level.AcceptOnlyFromAmong("short", "full", "every");
        Add(_expression);
        foreach (var option in new Option[] { _declare, _at, _steps, _level, _format, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        string? path = options.GetValue(_out);
        string format = options.GetValue(_format) ?? Path.GetExtension(path) switch { ".json" => "json", ".csv" => "csv", ".npy" => "npy", _ => "text" };
        if (format == "npy" && path is null && _streams.OutputIsTerminal) throw new UsageException("--format npy is binary and needs --out FILE or a pipe.");
        bool explains = options.GetValue(_steps);
        if (explains && format is "csv" or "npy") throw new UsageException($"--steps must be written as text, latex, mathml, html or json, but --format is {format}.");
        if (!explains && format is "latex" or "mathml" or "html") throw new UsageException($"--format {format} is for --steps; a value is written as text, json, csv or npy.");
        var question = new EvaluationRequest { Expression = program, Declare = options.GetValue(_declare)!, At = Bindings.Read(options.GetValue(_at)!, _engine), Explain = explains };
        var answer = _engine.Evaluate(question);
        AnswerFile.Write(_streams, path, destination =>
        {
            if (answer.Computation is { } computation && format != "json") WriteSteps(destination, computation, format, Enum.Parse<DerivationLevel>(options.GetValue(_level)!, ignoreCase: true));
            else Write(destination, answer, format);
        });
        if (format is "json" or "html") return;
        foreach (string note in answer.Notes) _streams.Remarks.Write("note ", Role.Faint).WriteLine(note);
    }

    private static void WriteSteps(Streams destination, Computation computation, string format, DerivationLevel level) => destination.Text.Write(format switch
    {
        "latex" => DerivationLatex.Write(computation, level),
        "mathml" => DerivationHtml.Write(computation, level),
        "html" => DerivationHtml.WritePage($"The computation of {computation.Function}", computation, level),
        _ => DerivationText.Write(computation, level),
    });

    private static void Write(Streams destination, EvaluationAnswer answer, string format)
    {
        switch (format)
        {
            case "json": CommonOptions.WriteJson(destination, json => AnswerWriter.Write(json, [], answer, [])); break;
            case "csv": WriteCsv(destination, Single(answer, format)); break;
            case "npy": WriteNpy(destination, Single(answer, format)); break;
            default: WriteText(destination.Answers, answer); break;
        }
    }

    /// <summary>Writes the outputs for a person; a single one without its name.</summary>
    public static void WriteText(StyledWriter output, EvaluationAnswer answer)
    {
        foreach (var (name, value) in answer.Outputs)
        {
            string text = ValueText.Of(value);
            if (answer.Outputs.Count > 1) output.Write(name, Role.Name).Write(value.Kind == Kind.Matrix ? " =\n" : " = ");
            output.WriteLine(text);
        }
    }

    private static Value Single(EvaluationAnswer answer, string format) => answer.Outputs.Count == 1
        ? answer.Outputs[0].Value
        : throw new NablaException(ErrorCode.Request,
            $"--format {format} holds one value, but the program has {answer.Outputs.Count}: {string.Join(", ", answer.Outputs.Select(o => o.Key))}. End it with the one that is meant.");

    private static void WriteCsv(Streams destination, Value value)
    {
        if (value.IsComplex) CsvWriter.Write(destination.Text, Entries(value), value.Columns);
        else CsvWriter.Write(destination.Text, value.Real, value.Columns);
    }

    private static void WriteNpy(Streams destination, Value value)
    {
        var array = Bindings.ToArray(value);
        if (value.IsComplex) NumpyFile.Write(destination.Output, Entries(value), array.Shape);
        else NumpyFile.Write(destination.Output, array);
    }

    private static Complex[] Entries(Value value) => [.. Enumerable.Range(0, value.Count).Select(k => value[k])];
}
