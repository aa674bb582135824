using System.CommandLine;
using System.Text.Json;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla diff EXPRESSION</c>: the derivative.</summary>
internal sealed class DiffCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string?> _wrt = new("--wrt") { Description = "The variable; may be left out where there is only one.", HelpName = "NAME" };
    private readonly Option<int> _order = new("--order") { Description = "The order of the derivative.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<string> _layout = new("--layout") { Description = "The layout of the notation.", DefaultValueFactory = _ => "mixed" };
    private readonly Option<string?> _format = new("--format")
    {
        Description = "Only the derivative, in this form; without it a report of the variables, the function, the derivative and the proof.",
    };

    private readonly Option<bool> _steps = new("--steps") { Description = "The derivation, step by step." };
    private readonly Option<bool> _cost = new("--cost") { Description = "What evaluating the function and the derivative costs for the sizes of the values: steps, operations, bytes, the order of products." };
    private readonly Option<string> _view = new("--view") { Description = "How the derivation is told.", DefaultValueFactory = _ => "chain" };
    private readonly Option<string> _level = new("--level") { Description = "How much of the derivation is told.", DefaultValueFactory = _ => "full" };
    private readonly Option<bool> _noCheck = new("--no-check") { Description = "Leaves the numeric proof out." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public DiffCommand(Engine engine, Streams streams) : base("diff", "The derivative of an expression, with its shapes and a numeric proof.")
    {
        (_engine, _streams) = (engine, streams);
        _layout.AcceptOnlyFromAmong("mixed", "numerator", "denominator");
        _view.AcceptOnlyFromAmong("chain", "differential", "element");
        _level.AcceptOnlyFromAmong("short", "full", "every");
        _format.AcceptOnlyFromAmong(["text", "latex", "mathml", "html", .. CodeLanguages.Names, "json"]);
        Add(_expression);
        foreach (var option in new Option[] { _wrt, _order, _declare, _at, _layout, _format, _steps, _view, _level, _cost, _noCheck, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        int order = options.GetValue(_order);
        if (order < 1) throw new UsageException($"--order must be an integer from 1, but it is {order}.");
        string? format = options.GetValue(_format);
        if (format is "html" && !options.GetValue(_steps)) throw new UsageException("--format html is a page with a derivation and needs --steps.");
        if (format is not null && CodeLanguages.Find(format) is not null && options.GetValue(_steps)) throw new UsageException($"--steps must be written as text, latex, mathml, html or json, but --format is {format}.");
        var question = new DerivativeRequest
        {
            Expression = program,
            Declare = options.GetValue(_declare)!,
            Wrt = options.GetValue(_wrt),
            Order = order,
            At = Bindings.Read(options.GetValue(_at)!, _engine),
            Layout = Enum.Parse<Layout>(options.GetValue(_layout)!, ignoreCase: true),
            Check = !options.GetValue(_noCheck),
            Code = format is not null && CodeLanguages.Find(format) is { } target ? [target] : [],
            Explain = options.GetValue(_steps) ? Enum.Parse<DerivationView>(options.GetValue(_view)!, ignoreCase: true) : null,
        };
        var answer = _engine.Derivative(question);
        if (options.GetValue(_cost))
        {
            AnswerFile.Write(_streams, options.GetValue(_out), destination => destination.Text.Write(Cost(question, answer)));
            return;
        }
        AnswerFile.Write(_streams, options.GetValue(_out), destination =>
        {
            if (answer.Derivation is { } derivation && format is not "json") WriteSteps(destination, answer, derivation, format, Enum.Parse<DerivationLevel>(options.GetValue(_level)!, ignoreCase: true), Picture(question, answer));
            else Write(destination, question, answer, format);
        });
        if (format is not (null or "json" or "html")) DerivativeText.WriteRemarks(_streams.Remarks, answer);
    }

    // The derivative of a matrix by a matrix is also shown with numbers, where these are few.
    private static JacobianPicture? Picture(DerivativeRequest question, DerivativeAnswer answer)
    {
        if (question is not { Explain: DerivationView.Element, Order: 1 } || answer.Derivative is not { FunctionAxes: 2, VariableAxes: 2 }) return null;
        try
        {
            return Engine.Guard(() => JacobianPicture.Of(question));
        }
        catch (NablaException e) when (e.Code is not ErrorCode.Internal)
        {
            // There is no picture where the values are too many, or the function has none for small integers.
            return null;
        }
    }

    private static void WriteSteps(Streams destination, DerivativeAnswer answer, Derivation derivation, string? format, DerivationLevel level, JacobianPicture? picture)
    {
        switch (format)
        {
            case "latex": destination.Text.Write(DerivationLatex.Write(derivation, level)); break;
            case "mathml": destination.Text.Write(DerivationHtml.Write(derivation, level)); break;
            case "html": destination.Text.Write(DerivationHtml.WritePage($"The derivative of {answer.Function.Text} by {derivation.Variable.Name}", derivation, level, picture)); break;
            default:
                DerivativeText.WriteVariables(destination.Answers, answer.Variables);
                destination.Answers.WriteLine().Write(DerivationText.Write(derivation, level, picture));
                break;
        }
    }

    private static void Write(Streams destination, DerivativeRequest question, DerivativeAnswer answer, string? format)
    {
        switch (format)
        {
            case "text": destination.Text.Write(Require(answer.Derivative.Text, answer.Derivative, "text") + "\n"); break;
            case "latex": destination.Text.Write(Require(answer.Derivative.Latex, answer.Derivative, "LaTeX") + "\n"); break;
            case "mathml": destination.Text.Write(Require(answer.Derivative.Mathml, answer.Derivative, "MathML") + "\n"); break;
            case "json": CommonOptions.WriteJson(destination, json => AnswerWriter.Write(json, [], answer, new RequestedForms(Formats.Text | Formats.Latex | Formats.Mathml), [])); break;
            case not null when question.Code is [var target]: destination.Text.Write(answer.Derivative.Code.TryGetValue(target, out string? code) ? code : throw NoCode(answer)); break;
            default: DerivativeText.Write(destination.Answers, question, answer); break;
        }
    }

    // A language without words for a function: the note says which.
    private static NablaException NoCode(DerivativeAnswer answer) => new(ErrorCode.Unsupported, answer.Notes.First(n => n.StartsWith("unsupported: there is no code", StringComparison.Ordinal)));

    private static string Cost(DerivativeRequest question, DerivativeAnswer answer)
    {
        var compiled = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Value, Output.Derivative(question.Wrt ?? answer.Variables[0].Name, question.Order));
        string[] missing = [.. compiled.Inputs.Where(name => !question.At.ContainsKey(name))];
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"--cost needs values, for their sizes: give {string.Join(", ", missing)} with --at.");
        return compiled.Explain([.. compiled.Inputs.Select(name => question.At[name].Shape.ToArray())]);
    }

    // What no matrix expression holds is given in index notation: never nothing, never refused.
    private static string Require(string? form, DerivativeForm derivative, string name) =>
        form ?? derivative.Index ?? throw new NablaException(ErrorCode.Internal, $"The derivative has no {name}.");
}
