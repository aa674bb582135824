using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla plot EXPRESSION --out FILE.svg</c>: the curve, or the contour lines with the gradient, and a path of gradient descent.</summary>
internal sealed class PlotCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string[]> _wrt = new("--wrt") { Description = "The variable, or twice for two scalar ones; may be left out where all others have values.", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _range = new("--range") { Description = "The range of a variable, LOW:HIGH; once for each in their order.", HelpName = "LOW:HIGH", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _start = new("--start") { Description = "Where the tangent touches and gradient descent starts: 2, or [1, 2].", HelpName = "VALUE" };
    private readonly Option<double?> _step = new("--step") { Description = "The multiple of the gradient in a step of descent; found anew in every step where it is left out.", HelpName = "SIZE" };
    private readonly Option<int> _steps = new("--steps") { Description = "The most steps of descent.", HelpName = "N", DefaultValueFactory = _ => 60 };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<string?> _format = new("--format") { Description = "svg, or json with the picture, the path and the notes." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public PlotCommand(Engine engine, Streams streams) : base("plot", "A picture of a scalar function of one or two variables, in SVG: curve or contours, gradient, gradient descent.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("svg", "json");
        Add(_expression);
        foreach (var option in new Option[] { _wrt, _range, _start, _step, _steps, _declare, _at, _format, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        var question = new SurfaceRequest
        {
            Expression = program,
            Declare = options.GetValue(_declare)!,
            Wrt = options.GetValue(_wrt)!,
            At = Bindings.Read(options.GetValue(_at)!, _engine),
        };
        var shown = new PlotOptions
        {
            Ranges = [.. options.GetValue(_range)!.Select(Range)],
            Start = options.GetValue(_start) is { } text ? [.. Bindings.Read([$"--start={text}"], _engine).Values.First().ToArray()] : null,
            StepSize = options.GetValue(_step),
            Steps = options.GetValue(_steps),
        };
        var plot = Engine.Guard(() => Surfaces.Plot(question, shown));
        bool isJson = options.GetValue(_format) == "json";
        AnswerFile.Write(_streams, options.GetValue(_out), destination =>
        {
            if (isJson) CommonOptions.WriteJson(destination, json => SurfaceWriter.Write(json, plot));
            else destination.Text.Write(plot.Svg);
        });
        if (isJson) return;
        foreach (string note in plot.Notes) _streams.Remarks.Write("note ", Role.Faint).WriteLine(note);
    }

    private static (double Low, double High) Range(string text)
    {
        string[] ends = text.Split(':');
        return ends.Length == 2 && Read(ends[0]) is { } low && Read(ends[1]) is { } high
            ? (low, high)
            : throw new UsageException($"--range must be LOW:HIGH such as -2:2, but it is '{Excerpt.Of(text)}'.");
    }

    private static double? Read(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) ? x : null;
}
