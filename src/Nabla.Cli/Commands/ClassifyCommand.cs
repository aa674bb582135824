using System.CommandLine;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla classify EXPRESSION --at x=POINT</c>: minimum, maximum, saddle or undecided.</summary>
internal sealed class ClassifyCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string?> _wrt = new("--wrt") { Description = "The variable; may be left out where there is only one.", HelpName = "NAME" };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<string?> _format = new("--format") { Description = "How the verdict is written: text or json." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public ClassifyCommand(Engine engine, Streams streams) : base("classify", "What a point is to a scalar function: minimum, maximum, saddle, or undecided with the reason.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("text", "json");
        Add(_expression);
        foreach (var option in new Option[] { _wrt, _declare, _at, _format, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        var question = new SurfaceRequest
        {
            Expression = program,
            Declare = options.GetValue(_declare)!,
            Wrt = options.GetValue(_wrt) is { } name ? [name] : [],
            At = Bindings.Read(options.GetValue(_at)!, _engine),
        };
        var point = Engine.Guard(() => Surfaces.Classify(question));
        bool isJson = options.GetValue(_format) == "json";
        AnswerFile.Write(_streams, options.GetValue(_out), destination =>
        {
            if (isJson) CommonOptions.WriteJson(destination, json => SurfaceWriter.Write(json, point));
            else Write(destination.Answers, question, point);
        });
    }

    private static void Write(StyledWriter output, SurfaceRequest question, StationaryPoint point)
    {
        string x = point.Variable.Name;
        WriteValue(output, x, question.At[x]);
        WriteValue(output, "f", NDArray<double>.Scalar(point.Value));
        WriteValue(output, "gradient", point.Gradient);
        WriteValue(output, "Hessian", point.Hessian.Count == 1 ? NDArray<double>.Scalar(point.Hessian[0, 0]) : point.Hessian);
        if (point.Eigenvalues.Count > 1) WriteValue(output, "eigenvalues", NDArray<double>.FromSpan([.. point.Eigenvalues]));
        output.WriteLine().Write(NameOf(point.Kind), point.Kind is StationaryKind.Minimum or StationaryKind.Maximum or StationaryKind.Saddle ? Role.Good : Role.Bad).WriteLine($": {point.Reason}");
        foreach (string note in point.Notes) output.Write("note ", Role.Faint).WriteLine(note);
    }

    private static void WriteValue(StyledWriter output, string label, NDArray<double> value)
    {
        string text = ValueText.Of(value);
        output.Write(label, Role.Name).Write(value.Order == 2 ? " =\n" : " = ").WriteLine(text);
    }

    /// <summary>A verdict in words: <c>minimum</c>, <c>not stationary</c>.</summary>
    public static string NameOf(StationaryKind kind) => SurfaceWriter.NameOf(kind).Replace('-', ' ');
}
