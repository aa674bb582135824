using System.Text;
using Nabla.Cli.Commands;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Prompt;

/// <summary><c>nabla</c> without arguments: the prompt on a terminal, a script of lines elsewhere.</summary>
internal static class PromptLoop
{
    /// <summary>Runs until the lines end; errors don't end it.</summary>
    /// <returns>The exit status: on a terminal 0, of a script 1 when a line had an error.</returns>
    public static int Run(Engine engine, Streams streams)
    {
        var session = new Session(engine, streams.Answers, streams.Remarks);
        if (streams.IsInteractive) return Converse(session, streams);
        DeepStack.Run(() =>
        {
            using var lines = new StreamReader(streams.Input, new UTF8Encoding(false), leaveOpen: true);
            while (lines.ReadLine() is { } line && session.Take(line)) streams.Flush();
            return 0;
        });
        return session.HasFailed ? ExitStatus.NoAnswer : ExitStatus.Done;
    }

    private static int Converse(Session session, Streams streams)
    {
        streams.Answers.Write("nabla ", Role.Name).WriteLine($"{InfoCommand.Version}: type an expression, 'diff EXPRESSION by x', 'help' or 'quit'.");
        var editor = new LineEditor(streams.Text, History.OfUser());
        while (editor.ReadLine("> ") is { } line)
        {
            using var interrupt = new CancellationTokenSource();
            ConsoleCancelEventHandler stop = (_, e) =>
            {
                e.Cancel = true;
                interrupt.Cancel();
            };
            Console.CancelKeyPress += stop;
            bool goesOn = DeepStack.Run(() => session.Take(line, interrupt.Token));
            Console.CancelKeyPress -= stop;
            streams.Flush();
            if (!goesOn) break;
        }
        return ExitStatus.Done;
    }
}
