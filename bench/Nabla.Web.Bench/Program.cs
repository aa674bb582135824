using Nabla.Web.Bench;

// load URL [SECONDS] [CONNECTIONS] [PID], or page URL
switch (args)
{
    case ["load", var url, .. var rest]:
        await new Load(new Uri(url), rest.Length > 0 ? int.Parse(rest[0]) : 120, rest.Length > 1 ? int.Parse(rest[1]) : 64, rest.Length > 2 ? int.Parse(rest[2]) : null).Run();
        return 0;
    case ["page", var url]:
        await new PageLatency(new Uri(url)).Run();
        return 0;
    default:
        Console.Error.WriteLine("Usage: load URL [SECONDS] [CONNECTIONS] [PID of the server], or page URL");
        return 2;
}
