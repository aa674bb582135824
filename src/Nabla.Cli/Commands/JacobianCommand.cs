using System.CommandLine;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla jacobian EXPRESSION</c>: the tensor and the flattened Jacobian of a matrix by a matrix beside each other.</summary>
internal sealed class JacobianCommand : Command
{
    private readonly Argument<string> _expression = CommonOptions.Expression();
    private readonly Option<string?> _wrt = new("--wrt") { Description = "The variable; may be left out where there is only one.", HelpName = "NAME" };
    private readonly Option<string[]> _declare = CommonOptions.Declare();
    private readonly Option<string[]> _at = CommonOptions.At();
    private readonly Option<string?> _format = new("--format") { Description = "How it is drawn: text, svg or json." };
    private readonly Option<string?> _out = CommonOptions.Out();

    private readonly Engine _engine;
    private readonly Streams _streams;

    /// <summary>Creates the command.</summary>
    public JacobianCommand(Engine engine, Streams streams) : base("jacobian", "A derivative with numbers in two ways: the tensor in blocks, and the flattened Jacobian beside it.")
    {
        (_engine, _streams) = (engine, streams);
        _format.AcceptOnlyFromAmong("text", "svg", "json");
        Add(_expression);
        foreach (var option in new Option[] { _wrt, _declare, _at, _format, _out }) Add(option);
        SetAction(result => CommonOptions.Run(_streams, result.GetValue(_expression)!, result.GetValue(_declare)!, program => Answer(result, program)));
    }

    private void Answer(ParseResult options, string program)
    {
        var question = new DerivativeRequest
        {
            Expression = program,
            Declare = options.GetValue(_declare)!,
            Wrt = options.GetValue(_wrt),
            At = Bindings.Read(options.GetValue(_at)!, _engine),
        };
        var picture = Engine.Guard(() => JacobianPicture.Of(question));
        string? path = options.GetValue(_out), format = options.GetValue(_format) ?? (Path.GetExtension(path) is ".svg" ? "svg" : "text");
        AnswerFile.Write(_streams, path, destination =>
        {
            switch (format)
            {
                case "json": CommonOptions.WriteJson(destination, json => SurfaceWriter.Write(json, picture)); break;
                case "svg": destination.Text.Write(picture.Svg); break;
                default: Write(destination.Answers, question, picture); break;
            }
        });
    }

    /// <summary>Writes the picture in characters, with the values that were chosen for it.</summary>
    public static void Write(StyledWriter output, DerivativeRequest question, JacobianPicture picture)
    {
        foreach (var (name, value) in picture.Values)
            if (!question.At.ContainsKey(name)) output.Write(name, Role.Name).Write(value.Order == 2 ? " =\n" : " = ").Write(ValueText.Of(value)).WriteLine("   # chosen", Role.Faint);
        output.WriteLine().Write(picture.Text).WriteLine().WriteLine(picture.Isomorphism);
    }
}
