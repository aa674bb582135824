using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Nabla.Web.Pages;

/// <summary>A file of the page, held in the assembly and in memory.</summary>
internal sealed class Asset
{
    private const string Prefix = "pages/";

    private readonly byte[] _content;
    private readonly string _tag;
    private readonly string _type;
    private readonly Lazy<byte[]?> _compressed;

    private Asset(string path, string type, byte[] content)
    {
        (Path, _type, _content) = (path, type, content);
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";
        _compressed = new(() => type.StartsWith("font/", StringComparison.Ordinal) ? null : Compress(content));
    }

    /// <summary>All files.</summary>
    public static IReadOnlyList<Asset> All { get; } = [.. Read()];

    /// <summary>Its address.</summary>
    public string Path { get; }

    /// <summary>Sends it, compressed where the client allows it, or says that the client has it.</summary>
    public async Task Send(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = _tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.Any(tags => tags?.Contains(_tag, StringComparison.Ordinal) is true))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = _type;
        byte[] content = _content;
        if (request.Headers.AcceptEncoding.Any(e => e?.Contains("br", StringComparison.Ordinal) is true) && _compressed.Value is { } compressed)
        {
            response.Headers.ContentEncoding = "br";
            content = compressed;
        }
        response.ContentLength = content.Length;
        if (HttpMethods.IsGet(request.Method)) await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }

    private static IEnumerable<Asset> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            string file = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
            string path = file == "derivative.html" ? "/" : file.EndsWith(".html", StringComparison.Ordinal) ? $"/{file[..^5]}" : $"/{file}";
            yield return new(path, TypeOf(file), content);
        }
    }

    private static string TypeOf(string file) => System.IO.Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".txt" => "text/plain; charset=utf-8",
        var other => throw new InvalidOperationException($"A file of the page must have a known type, but {file} is '{other}'."),
    };

    private static byte[] Compress(byte[] content)
    {
        var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal)) brotli.Write(content);
        return output.ToArray();
    }
}
