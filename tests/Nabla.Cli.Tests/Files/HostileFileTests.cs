using System.Text;
using Nabla.Cli.Files;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Files;

/// <summary>Damaged files give an array or an error that says what is wrong; nothing else, whatever the damage.</summary>
public class HostileFileTests(ITestOutputHelper output)
{
    private static readonly (string Name, byte[] Bytes)[] s_seeds =
    [
        ("A.npy", NpyTests.Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", new byte[32]).Bytes.ToArray()),
        ("B.npy", NpyTests.Npy(3, "{'descr': '>i2', 'fortran_order': True, 'shape': (3,), }", new byte[6]).Bytes.ToArray()),
        ("A.mtx", "%%MatrixMarket matrix coordinate real symmetric\n% comment\n3 3 2\n1 1 1.5\n3 1 -2e3\n"u8.ToArray()),
        ("B.mtx", "%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n"u8.ToArray()),
        ("A.csv", "a,b\n# comment\n1,2.5\n\"3\",-4e-3\n"u8.ToArray()),
        ("B.tsv", "1\t2\nnan\tinf\n"u8.ToArray()),
        ("A.json", "[[1, 2.5], [\"NaN\", -4e-3]]"u8.ToArray()),
    ];

    private static readonly byte[][] s_pieces =
    [
        "9999999999"u8.ToArray(), "1e999"u8.ToArray(), "-"u8.ToArray(), "\""u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), ","u8.ToArray(), "("u8.ToArray(),
        "["u8.ToArray(), "]"u8.ToArray(), "{"u8.ToArray(), "'"u8.ToArray(), "%"u8.ToArray(), " "u8.ToArray(), [0], [255], [0xD8, 0x00], "\u0661"u8.ToArray(),
    ];

    [Fact]
    public void DamagedFilesNeverCrash()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int read = 0, refused = 0;
        for (int round = 0; round < 40_000; round++)
        {
            var (name, whole) = s_seeds[random.Next(s_seeds.Length)];
            byte[] bytes = Damaged(whole, random);
            try
            {
                DataFile.Parse(new(name, bytes));
                read++;
            }
            catch (NablaException e) when (e.Code is ErrorCode.Request or ErrorCode.Limit)
            {
                Assert.Contains(name, e.Message);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}, {name}, {Convert.ToBase64String(bytes)}: {e}");
            }
        }
        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(read > 100 && refused > 10_000, $"seed {seed}: {read} read, {refused} refused");
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (int faults = random.Next(1, 5); faults > 0; faults--)
        {
            int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 8), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes.RemoveRange(at, bytes.Count - at); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]); break;
                case 3 when length > 0: bytes[at] = (byte)random.Next(256); break;
                case 4 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            }
        }
        return [.. bytes];
    }

    [Fact]
    public void MissingFilesAndDirectoriesAreRefused()
    {
        Assert.Contains("no such file", Assert.Throws<NablaException>(() => DataFile.Read("is-not-there.csv")).Message);
        Assert.Equal(ErrorCode.Request, Assert.Throws<NablaException>(() => DataFile.Read(Path.GetTempPath())).Code);
        Assert.Contains("'.txt'", Assert.Throws<NablaException>(() => DataFile.Parse(new("A.txt", Encoding.UTF8.GetBytes("1")))).Message);
    }

    [Fact]
    public void EndlessStreamsAreRefused() =>
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => FileContent.Read(new EndlessStream(), "A.csv", 1 << 20)).Code);
}
