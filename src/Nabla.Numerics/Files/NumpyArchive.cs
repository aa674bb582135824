using System.IO.Compression;
using System.Text;

namespace Nabla.Numerics;

/// <summary>An .npz archive that is being read: its members, within one limit for all of them.</summary>
internal sealed class NumpyArchive(Stream stream, FileLimits limits) : IDisposable
{
    private const string Format = "an .npz archive";
    private readonly ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
    private long entriesRead;

    /// <summary>The error for a fault of the archive.</summary>
    internal static FileFormatException Error(string what, bool exceedsLimit = false, Exception? inner = null) => new(Format, what, exceedsLimit, inner);

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    /// <summary>All arrays by their names.</summary>
    internal Dictionary<string, NDArray<double>> ReadAll()
    {
        Dictionary<string, NDArray<double>> arrays = [];
        foreach (ZipArchiveEntry member in archive.Entries)
        {
            string name = member.FullName.EndsWith(".npy", StringComparison.Ordinal) ? member.FullName[..^4] : member.FullName;
            NDArray<double> array = Read(member, NumpyFile.Read);
            entriesRead += array.Count;
            if (!arrays.TryAdd(name, array)) throw Error($"the array '{FileFormatException.Shortened(name)}' must stand once, but it stands more than once");
        }
        return arrays;
    }

    /// <summary>The entries of a member that is a vector.</summary>
    internal double[] ReadVector(string name)
    {
        NDArray<double> array = Read(Find(name), NumpyFile.Read);
        entriesRead += array.Count;
        return array.Order == 1 ? array.Data : throw Error($"'{name}.npy' must hold a vector, but it is {Shape.Text(array.Shape)}");
    }

    /// <summary>The entries of a member that is a vector of integers.</summary>
    internal int[] ReadIntegers(string name) => Array.ConvertAll(ReadVector(name), value => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
        ? (int)value
        : throw Error($"the numbers in '{name}.npy' must be integers of 32 bits, but one is {value}"));

    /// <summary>A member that is a text of three characters of one byte.</summary>
    internal string ReadName(string name) => Read(Find(name), (content, left) =>
    {
        NumpyHeader header = NumpyHeader.Read(content, left);
        if (header is not { Type: "S3", Shape: [] }) throw NumpyHeader.Error(10, $"a text 'S3' must stand here, but it is ({header.ShapeText}) of '{FileFormatException.Shortened(header.Type)}'");
        byte[] text = new byte[4];
        int count = content.ReadAtLeast(text, 4, throwOnEndOfStream: false);
        return count == 3 ? Encoding.Latin1.GetString(text, 0, 3) : throw NumpyHeader.Error(header.Length, $"3 bytes must follow, but {(count < 3 ? count : "more")} do");
    });

    private ZipArchiveEntry Find(string name) => archive.Entries.Where(member => member.FullName == name + ".npy").ToArray() switch
    {
        [ZipArchiveEntry member] => member,
        [] => throw Error($"it holds no sparse matrix, since it lacks '{name}.npy'"),
        _ => throw Error($"the array '{name}' must stand once, but it stands more than once"),
    };

    private T Read<T>(ZipArchiveEntry member, Func<Stream, FileLimits, T> read)
    {
        string name = FileFormatException.Shortened(member.FullName);
        try
        {
            using var content = new ChecksumStream(member.Open());
            T value = read(content, limits with { Entries = limits.MostEntries - entriesRead });
            return content.Checksum == member.Crc32 ? value : throw Error($"'{name}' must have the checksum {member.Crc32:x8}, but it has {content.Checksum:x8}");
        }
        catch (FileFormatException fault) when (fault.Format != Format)
        {
            string before = fault.ExceedsLimit && entriesRead > 0 ? $", after {entriesRead} entries of other members" : "";
            throw Error($"in '{name}' {fault.Fault}{before}", fault.ExceedsLimit, fault);
        }
        catch (InvalidDataException fault)
        {
            throw Error($"'{name}' cannot be unpacked: {fault.Message.TrimEnd('.')}", inner: fault);
        }
    }
}
