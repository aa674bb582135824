using System.CommandLine;
using System.Text.Json;
using Nabla.Cli.Requests;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Commands;

/// <summary>What <c>diff</c> and <c>eval</c> have in common.</summary>
internal static class CommonOptions
{
    /// <summary>The program.</summary>
    public static Argument<string> Expression()
    {
        var expression = new Argument<string>("EXPRESSION") { Description = "The program; '-' reads it from standard input, '@FILE' from a file." };
        expression.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && IsMisspeltOption(text)) result.AddError($"Unknown option '{text}'; an expression that begins so goes after '--'.");
        });
        return expression;
    }

    /// <summary>Declarations beside the program.</summary>
    public static Option<string[]> Declare() => new("--declare")
    {
        Description = "A declaration such as \"A in R^(m x n)\"; may stand several times.",
        HelpName = "DECLARATION",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Values.</summary>
    public static Option<string[]> At() => new("--at")
    {
        Description = "A value: NAME=FILE (.csv, .tsv, .npy, .mtx, .json) or NAME=LITERAL such as A=[1 2; 3 4]; may stand several times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The file for the answer.</summary>
    public static Option<string?> Out() => new("--out") { Description = "Writes the answer to a file.", HelpName = "FILE" };

    /// <summary>Runs a command on a deep stack and tells its errors.</summary>
    /// <param name="streams">The standard streams.</param>
    /// <param name="argument">The EXPRESSION.</param>
    /// <param name="declarations">The declarations beside it, for errors in them.</param>
    /// <param name="answer">Answers for the program.</param>
    /// <returns>The exit status.</returns>
    public static int Run(Streams streams, string argument, IReadOnlyList<string> declarations, Action<string> answer)
    {
        string program = "";
        try
        {
            return DeepStack.Run(() =>
            {
                program = ProgramText.Read(argument, streams.Input);
                answer(program);
                return ExitStatus.Done;
            });
        }
        catch (UsageException e)
        {
            streams.Remarks.Write("nabla: ", Role.Bad).WriteLine(e.Message);
            return ExitStatus.WrongUsage;
        }
        catch (Exception e)
        {
            ErrorText.Write(streams.Remarks, Engine.Told(e), program, declarations);
            return ExitStatus.NoAnswer;
        }
    }

    /// <summary>Writes one line of JSON.</summary>
    public static void WriteJson(Streams destination, Action<Utf8JsonWriter> write)
    {
        var output = new OutputBuffer(destination.Output);
        using (var json = new Utf8JsonWriter(output, AnswerWriter.Options)) write(json);
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        output.Flush();
    }

    // '--x' is an expression; '--wtr' and '--order=2' are most likely meant as options.
    private static bool IsMisspeltOption(string text) =>
        text.Length > 3 && text.StartsWith("--", StringComparison.Ordinal) && text[2..].Split('=')[0].All(c => char.IsAsciiLetterLower(c) || c == '-');
}
