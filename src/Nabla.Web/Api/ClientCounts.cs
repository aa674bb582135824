using System.Net;

namespace Nabla.Web.Api;

/// <summary>How many requests of each client are under way.</summary>
internal sealed class ClientCounts(int most)
{
    private readonly Dictionary<IPAddress, int> _counts = [];
    private readonly Lock _gate = new();

    /// <summary>Lets a request in; false where the client has too many under way.</summary>
    public bool TryEnter(IPAddress client)
    {
        lock (_gate)
        {
            int count = _counts.GetValueOrDefault(client);
            if (count >= most) return false;
            _counts[client] = count + 1;
            return true;
        }
    }

    /// <summary>Lets a request out.</summary>
    public void Leave(IPAddress client)
    {
        lock (_gate)
        {
            if (--_counts[client] == 0) _counts.Remove(client);
        }
    }
}
