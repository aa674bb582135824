namespace Nabla.Web.Api;

/// <summary>What the log tells of a request beyond its headers.</summary>
internal sealed class RequestFigures
{
    /// <summary>The length of the body.</summary>
    public long BytesIn { get; set; }

    /// <summary>The code of the question's error.</summary>
    public string? Error { get; set; }
}
