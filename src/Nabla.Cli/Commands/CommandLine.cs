using System.CommandLine;
using Nabla.Cli.Prompt;
using Nabla.Cli.Requests;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary>The command line of the tool.</summary>
internal static class CommandLine
{
    private const string Description = """
        Matrix calculus: derivatives in closed form, with their shapes and a numeric proof.

        Examples:
          nabla diff "sin(A*x + b)" --wrt x
          nabla diff "sum((X*w - y).^2)" --wrt w --declare "X in R^(m x n)" --order 2
          nabla diff "log(det(X))" --wrt X --format latex
          nabla diff "x'*A*x" --wrt x --at x=[1,2] --at A=A.csv
          nabla check "x'*A*x" --wrt x --claim "2*A*x"
          nabla eval "inv(A)*b" --at "A=[1 2; 3 4]" --at b=[5,6]
          nabla eval "rref(A)" --at "A=[1 2 3; 4 5 6]" --steps
          nabla eval "U, s, V = svd(A)" --at A=A.npy --format json
          nabla batch requests.jsonl > answers.jsonl
          nabla serve                 (the page, at http://127.0.0.1:5080)
          nabla                       (on a terminal: a prompt)
        """;

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="streams">The standard streams.</param>
    /// <param name="engine">What answers the questions.</param>
    /// <returns>The exit status.</returns>
    public static int Run(IReadOnlyList<string> arguments, Streams streams, Engine engine)
    {
        int status = Dispatch(arguments, streams, engine);
        streams.Flush();
        return status;
    }

    private static int Dispatch(IReadOnlyList<string> arguments, Streams streams, Engine engine)
    {
        if (arguments.Count == 0) return PromptLoop.Run(engine, streams);
        if (arguments is ["--version"])
        {
            streams.Text.Write($"nabla {InfoCommand.Version}\n");
            return ExitStatus.Done;
        }
        var root = new RootCommand(Description) { new DiffCommand(engine, streams), new CheckCommand(engine, streams), new EvalCommand(engine, streams), new ClassifyCommand(engine, streams), new SlopeCommand(engine, streams), new PlotCommand(engine, streams), new JacobianCommand(engine, streams), new BatchCommand(engine, streams), new ServeCommand(streams), new InfoCommand(streams) };
        root.Directives.Clear();
        var result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) streams.Remarks.Write("nabla: ", Role.Bad).WriteLine(error.Message);
            string command = result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name + " ";
            streams.Remarks.WriteLine($"Try: nabla {command}--help");
            return ExitStatus.WrongUsage;
        }
        return result.Invoke(new InvocationConfiguration { Output = streams.Text, Error = streams.ErrorText, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
