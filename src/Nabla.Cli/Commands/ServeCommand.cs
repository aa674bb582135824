using System.CommandLine;
using System.Runtime.CompilerServices;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Web;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla serve</c>: the page and the HTTP interface.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "The addresses to listen at, http://HOST:PORT; may stand several times.",
        HelpName = "URL",
        DefaultValueFactory = _ => [ServerOptions.DefaultUrl],
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "The seconds that one request may take.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => Limits.Seconds,
    };

    /// <summary>Creates the command.</summary>
    public ServeCommand(Streams streams) : base("serve", "Serves the page and the HTTP interface.")
    {
        Add(_urls);
        Add(_timeout);
        SetAction(result => Run(streams, result.GetValue(_urls)!, result.GetValue(_timeout)));
    }

    // The web's assemblies are loaded here and nowhere else: the other commands start without them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(Streams streams, string[] urls, double seconds)
    {
        urls = [.. urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        string? fault = seconds is > 0 and <= 3600 ? urls.Select(ServerOptions.FaultOf).FirstOrDefault(f => f is not null) : $"--timeout must be a number of seconds above 0 and at most 3600, but it is {seconds}.";
        if (fault is not null || urls.Length == 0)
        {
            streams.Remarks.Write("nabla: ", Role.Bad).WriteLine(fault ?? "--urls must name an address, but it is empty.");
            return ExitStatus.WrongUsage;
        }
        return Serve(streams, new ServerOptions { Urls = urls, Seconds = seconds }).GetAwaiter().GetResult();
    }

    private static async Task<int> Serve(Streams streams, ServerOptions options)
    {
        await using var server = WebServer.Create(options);
        try
        {
            await server.Start();
        }
        catch (IOException e)
        {
            streams.Remarks.Write("nabla: ", Role.Bad).WriteLine(e.Message);
            return ExitStatus.NoAnswer;
        }
        foreach (string address in server.Addresses) streams.Text.Write($"Nabla is at {address} (Ctrl+C ends it)\n");
        streams.Flush();
        await server.WaitForEnd();
        return ExitStatus.Done;
    }
}
