using System.CommandLine;
using Nabla.Cli.Files;
using Nabla.Cli.Requests;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla batch [FILE|-]</c>: many questions, one JSON object a line.</summary>
internal sealed class BatchCommand : Command
{
    private const double MostSeconds = 1e6;

    private readonly Argument<string> _file = new("FILE") { Description = "The requests, one JSON object a line; '-' is standard input.", DefaultValueFactory = _ => "-" };
    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "The seconds that one request may take.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => Limits.Seconds,
    };

    /// <summary>Creates the command.</summary>
    public BatchCommand(Engine engine, Streams streams) : base("batch", "Answers requests, one JSON object a line, in their order.")
    {
        Add(_file);
        Add(_timeout);
        SetAction(result => Run(engine, streams, result.GetValue(_file)!, result.GetValue(_timeout)));
    }

    private static int Run(Engine engine, Streams streams, string file, double seconds)
    {
        if (!(seconds > 0 && seconds <= MostSeconds))
        {
            streams.Remarks.Write("nabla: ", Role.Bad).WriteLine($"--timeout must be a number of seconds above 0 and at most {MostSeconds}, but it is {seconds}.");
            return ExitStatus.WrongUsage;
        }
        try
        {
            using var input = file == "-" ? streams.Input : FileContent.Open(file);
            using var batch = new Batch(engine, input, streams.Output, TimeSpan.FromSeconds(seconds));
            batch.Run();
            return ExitStatus.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NablaException)
        {
            streams.Remarks.Write("nabla: ", Role.Bad).WriteLine(e.Message);
            return ExitStatus.NoAnswer;
        }
    }
}
