using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla slope EXPRESSION --at x=POINT</c>: difference quotients that approach the derivative.</summary>
internal sealed class SlopeCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string?> _wrt = new("--wrt") { Description = "The variable; may be left out where there is only one.", HelpName = "NAME" };
    private readonly Option<string?> _along = new("--along") { Description = "The direction, for a variable with entries: [1, 0].", HelpName = "VALUE" };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<string?> _format = new("--format") { Description = "How the quotients are shown: text, json, or svg for the picture." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public SlopeCommand(Engine engine, Streams streams) : base("slope", "Rise over run to the limit: difference quotients that approach the derivative at a point.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("text", "json", "svg");
        Add(_expression);
        foreach (var option in new Option[] { _wrt, _along, _declare, _at, _format, _out }) Add(option);
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
        double[]? along = options.GetValue(_along) is { } text ? [.. Bindings.Read([$"--along={text}"], _engine).Values.First().ToArray()] : null;
        var table = Engine.Guard(() => Surfaces.Slope(question, along));
        string? path = options.GetValue(_out), format = options.GetValue(_format) ?? (Path.GetExtension(path) is ".svg" ? "svg" : "text");
        AnswerFile.Write(_streams, path, destination =>
        {
            switch (format)
            {
                case "json": CommonOptions.WriteJson(destination, json => SurfaceWriter.Write(json, table)); break;
                case "svg": destination.Text.Write(table.Svg ?? throw new UsageException("The curve has no finite values to draw.")); break;
                default: Write(destination.Answers, table); break;
            }
        });
    }

    private static void Write(StyledWriter output, SlopeTable table)
    {
        output.Write("derivative", Role.Name).Write(" = ").Write(table.Derivative, Role.Formula).WriteLine($" = {Number(table.Slope, "R")}").WriteLine();
        output.WriteLine($"{"h",8}  {"(f(x + h) - f(x))/h",24}  {"error",9}  {"(f(x + h) - f(x - h))/(2h)",26}  {"error",9}", Role.Faint);
        foreach (var q in table.Quotients)
            output.WriteLine($"{Number(q.Step, "0e0"),8}  {Text(q.Forward),24}  {Error(q.Forward, table.Slope),9}  {Text(q.Central),26}  {Error(q.Central, table.Slope),9}");
        output.WriteLine().WriteLine(table.Conclusion);
        foreach (string note in table.Notes) output.Write("note ", Role.Faint).WriteLine(note);
    }

    private static string Text(double? quotient) => quotient is { } q ? Number(q, "G13") : "-";

    private static string Error(double? quotient, double slope) => quotient is { } q ? Number(q - slope, "0e0") : "-";

    private static string Number(double x, string format) => x.ToString(format, CultureInfo.InvariantCulture);
}
