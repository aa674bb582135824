using System.Diagnostics;
using System.Globalization;

namespace Nabla.Expressions.Tests.Code;

/// <summary>A language whose code is run by a program: one process calls the functions of all cases.</summary>
/// <remarks>
/// Case k stands in the folder k, its code in one file and its inputs in <c>inputs.txt</c>. An array is a line <c>2 3: 1 2 3 4 5 6</c>, its shape and its entries row by row.
/// An answer is a line that begins with <c>=</c>, arrays with bars between them, or with <c>!</c>, an error.
/// </remarks>
internal abstract class ProcessLanguage : Language
{
    /// <summary>The name of the file that holds the code of a case.</summary>
    protected abstract string FileName { get; }

    /// <summary>The name and text of the program that calls the functions.</summary>
    protected abstract (string FileName, string Text) Driver { get; }

    /// <summary>How the driver is started, in the folder of the cases.</summary>
    /// <param name="cases">The number of cases.</param>
    protected abstract ProcessStartInfo Start(int cases);

    /// <inheritdoc/>
    public override IReadOnlyList<CodeAnswer> Run(IReadOnlyList<CodeCase> cases)
    {
        var folder = Directory.CreateTempSubdirectory("nabla-code-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, Driver.FileName), Driver.Text);
            for (int k = 0; k < cases.Count; k++)
            {
                string own = folder.CreateSubdirectory($"{k + 1}").FullName;
                File.WriteAllText(Path.Combine(own, FileName), cases[k].Code);
                File.WriteAllLines(Path.Combine(own, "inputs.txt"), cases[k].Inputs.Select(x => $"{string.Join(' ', x.Shape.ToArray())}: {string.Join(' ', x.ToArray().Select(e => e.ToString("R", CultureInfo.InvariantCulture)))}"));
            }
            var start = Start(cases.Count);
            start.WorkingDirectory = folder.FullName;
            var (_, output, errors) = Finished(start);
            CodeAnswer[] answers = [.. output.Split('\n').Where(l => l is ['=' or '!', ..]).Select(Answer)];
            Assert.True(answers.Length == cases.Count, $"{answers.Length} of {cases.Count} cases were answered.\n{errors}");
            return answers;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Where a program stands: where the environment variable says, else on the path; null where it is not.</summary>
    protected static string? Find(string program, string? variable = null)
    {
        if (variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named) return File.Exists(named) ? named : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>The status, the output and the errors of a process that has ended.</summary>
    protected static (int Status, string Output, string Errors) Finished(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private static CodeAnswer Answer(string line) => line[0] == '!'
        ? CodeAnswer.Failed(line[1..].Trim().Replace('\t', '\n'))
        : new([.. line[1..].Split('|').Select(Result)], null);

    private static (int[] Shape, double[] Entries) Result(string text)
    {
        string[] parts = text.Split(':');
        return ([.. Words(parts[0]).Select(int.Parse)], [.. Words(parts[1]).Select(w => double.TryParse(w, CultureInfo.InvariantCulture, out double e) ? e : double.NaN)]);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
