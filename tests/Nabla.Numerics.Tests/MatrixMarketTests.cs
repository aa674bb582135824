using System.Text;
using static Nabla.Numerics.Tests.NumpyContents;

namespace Nabla.Numerics.Tests;

public class MatrixMarketTests
{
    private static SparseMatrix<double> Read(string text, FileLimits? limits = null) => MatrixMarket.Read(new StringReader(text), limits);

    private static NDArray<double> ReadDense(string text, FileLimits? limits = null) => MatrixMarket.ReadDense(new StringReader(text), limits);

    [Fact]
    public void What_is_written_reads_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            SparseMatrix<double> A = NumpyArchiveTests.RandomSparse(random);
            var text = new StringWriter();
            MatrixMarket.Write(text, A);
            NumpyArchiveTests.AssertSame(A, Read(text.ToString()));
            NDArray<double> dense = ReadDense(text.ToString());
            Assert.Equal([A.Rows, A.Columns], dense.Shape);
            AssertSame(A.ToDense().AsSpan(), dense.AsSpan());
        }
    }

    /// <summary>Both readings of random texts, repeated places included, are the sum of the entries with their mirror images.</summary>
    [Fact]
    public void Both_readings_agree_with_the_definition()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 1000; trial++)
        {
            bool isArray = random.Next(2) == 0;
            string field = (isArray ? ["real", "integer"] : (string[])["real", "integer", "pattern", "double"])[random.Next(isArray ? 2 : 4)];
            string symmetry = ((string[])["general", "symmetric", "skew-symmetric"])[random.Next(3)];
            int m = random.Next(6), n = symmetry == "general" ? random.Next(6) : m;
            bool Holds(int i, int j) => symmetry switch { "general" => true, "symmetric" => i >= j, _ => i > j };
            List<(int I, int J)> places = [.. from j in Enumerable.Range(0, n) from i in Enumerable.Range(0, m) where Holds(i, j) select (i, j)];
            if (!isArray) places = [.. places.SelectMany(p => Enumerable.Repeat(p, random.Next(3))).OrderBy(_ => random.Next())];
            NDArray<double> expected = NDArray<double>.Zeros(m, n);
            var text = new StringBuilder($"%%MatrixMarket matrix {(isArray ? "array" : "coordinate")} {field} {symmetry}\n{(random.Next(2) == 0 ? "% é comment\n\n" : "")}{m} {n}{(isArray ? "" : $" {places.Count}")}\n");
            foreach ((int i, int j) in places)
            {
                int value = field == "pattern" ? 1 : random.Next(-3, 4);
                text.Append(isArray ? "" : $"{i + 1}\t{j + 1} ").Append(field == "pattern" ? "" : $"{value}").Append(random.Next(5) == 0 ? " \r\n\n" : "\n");
                expected[i, j] += value;
                if (i != j && symmetry != "general") expected[j, i] += symmetry == "symmetric" ? value : -value;
            }
            Assert.True(expected.SequenceEqual(Read(text.ToString()).ToDense()), text.ToString());
            Assert.True(expected.SequenceEqual(ReadDense(text.ToString())), text.ToString());
        }
    }

    [Theory]
    [InlineData("", "line 1", "first line")]
    [InlineData("1 1 1\n", "line 1", "first line")]
    [InlineData("%%MatrixMarket matrix array complex general\n1 1\n1 2\n", "line 1", "'complex'")]
    [InlineData("%%MatrixMarket matrix array real hermitian\n1 1\n1\n", "line 1", "'hermitian'")]
    [InlineData("%%MatrixMarket matrix array pattern general\n1 1\n", "'pattern'")]
    [InlineData("%%MatrixMarket matrix array real general\n", "line 2", "rows", "''")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n", "line 6", "missing")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2\n1 2\n3 4\n", "line 3", "'2' follows")]
    [InlineData("%%MatrixMarket matrix array real general\n1 2\n1\n2\n3\n", "line 5", "no entries may follow")]
    [InlineData("%%MatrixMarket matrix array real general\n1 2\n1\nx\n", "line 4", "'x' is not a number")]
    [InlineData("%%MatrixMarket matrix array real general\n1 1\n1e999\n", "line 3", "'1e999' is beyond")]
    [InlineData("%%MatrixMarket matrix array real general\n1 1\n1,5\n", "line 3", "'1,5'")]
    [InlineData("%%MatrixMarket matrix array integer general\n1 1\n1.5\n", "line 3", "'1.5' is not an integer")]
    [InlineData("%%MatrixMarket matrix array real symmetric\n1 2\n1\n2\n", "line 2", "1 x 2")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n-2 2 0\n", "line 2", "rows", "'-2'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 -1\n", "line 2", "entries", "'-1'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 99999999999 0\n", "line 2", "columns", "'99999999999'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 99999999999999999999\n", "line 2", "'99999999999999999999'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2\n1 1 1\n", "line 2", "entries", "''")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 3\n1 1 1\n", "line 4", "claims 3", "after 1")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 0\n1 1 1\n", "line 3", "no entries may follow")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1\n", "line 3", "row", "from 1 to 2", "'3'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 0 1\n", "line 3", "column", "from 1 to 2", "'0'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1\n", "line 3", "missing")]
    [InlineData("%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 1 1\n", "line 3", "'1' follows")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n% late\n1 1 1\n", "line 3", "'%'")]
    [InlineData("%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 2 1\n", "line 3", "row 1, column 2")]
    [InlineData("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n1 1 1\n", "line 3", "diagonal")]
    public void Faults_are_named_with_their_line(string text, params string[] mentions)
    {
        foreach (Action read in new Action[] { () => Read(text), () => ReadDense(text) })
        {
            var refusal = Assert.Throws<FileFormatException>(read);
            Assert.StartsWith("The file must be a Matrix Market file: at line ", refusal.Message);
            Assert.False(refusal.ExceedsLimit);
            Assert.All(mentions, mention => Assert.Contains(mention, refusal.Message));
        }
    }

    /// <summary>Every text that ends before its last entry begins is refused.</summary>
    [Theory]
    [InlineData("%%MatrixMarket matrix coordinate real symmetric\n% comment\n3 3 2\n1 1 1.5\n3 1 -2e3\n")]
    [InlineData("%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n")]
    public void Truncations_are_refused(string text)
    {
        int lastEntry = text.TrimEnd().LastIndexOfAny([' ', '\n']) + 1;
        for (int length = 0; length <= lastEntry; length++) Assert.StartsWith("at line ", Assert.Throws<FileFormatException>(() => Read(text[..length])).Fault);
        Assert.Equal(Read(text).Values, Read(text.TrimEnd()).Values);
    }

    [Fact]
    public void Sparse_matrices_are_never_dense()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        SparseMatrix<double> A = Read("%%MatrixMarket matrix coordinate real symmetric\n1000000 1000000 2\n1000000 1 0.5\n7 7 -0\n");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal((3, 0.5, 0.5), (A.StoredCount, A[999_999, 0], A[0, 999_999]));
        Assert.True(double.IsNegative(A[6, 6]));
    }

    [Theory]
    [InlineData("coordinate", "2000000000 1 0", false)]
    [InlineData("coordinate", "1 2000000000 0", false)]
    [InlineData("coordinate", "2147483647 2147483647 9223372036854775807", false)]
    [InlineData("coordinate", "1000000 1000000 0", true)]
    [InlineData("array", "1000000 1000000", false)]
    [InlineData("array", "2147483647 2147483647", true)]
    public void Sizes_exceed_the_limit_before_memory_is_taken(string form, string sizes, bool isDense)
    {
        string text = $"%%MatrixMarket matrix {form} real general\n{sizes}\n";
        var refusal = RefusedAtOnce(() => _ = isDense ? (object)ReadDense(text) : Read(text));
        Assert.True(refusal.ExceedsLimit);
        Assert.Contains("at line 2", refusal.Fault);
    }

    [Fact]
    public void Claimed_counts_take_no_memory() =>
        Assert.Contains("claims 200000000 entries, but it ends after 0", RefusedAtOnce(() => Read("%%MatrixMarket matrix coordinate real general\n9 9 200000000\n")).Fault);

    [Fact]
    public void Limits_are_those_of_the_caller()
    {
        const string Text = "%%MatrixMarket matrix coordinate real general\n3 4 2\n1 1 1\n2 2 2\n";
        Assert.Equal(2, Read(Text, new() { Entries = 4 }).StoredCount);
        Assert.Equal(12, ReadDense(Text, new() { Entries = 12 }).Count);
        Assert.True(Assert.Throws<FileFormatException>(() => Read(Text, new() { Entries = 3 })).ExceedsLimit);
        Assert.True(Assert.Throws<FileFormatException>(() => ReadDense(Text, new() { Entries = 11 })).ExceedsLimit);
        Assert.Contains("from 4, but it is '3'", Assert.Throws<FileFormatException>(() => Read(Text, new() { LeastSize = 4 })).Fault);
    }

    [Fact]
    public void Lines_without_an_end_are_refused()
    {
        foreach (string start in new[] { "%%MatrixMarket", "%%MatrixMarket matrix array real general\n%", "%%MatrixMarket matrix array real general\n1 1\n" })
        {
            using var reader = new StreamReader(new ForwardStream(Encoding.UTF8.GetBytes(start), isEndless: true));
            Assert.Contains($"at line {start.Count(c => c == '\n') + 1} a line must have at most 65536 bytes", RefusedAtOnce(() => MatrixMarket.Read(reader)).Fault);
        }
    }

    /// <summary>Lines of every length, characters of one to four bytes on the borders between blocks included, up to the longest that may be.</summary>
    [Fact]
    public void Long_texts_are_read_in_blocks()
    {
        var random = new Random(Matrices.Seed);
        foreach (string sign in new[] { "x", "é", "∇", "𝛁" })
        {
            int longest = 65_535 / Encoding.UTF8.GetByteCount(sign);
            var text = new StringBuilder("%%MatrixMarket matrix array real general\n%");
            text.Insert(text.Length, sign, longest);
            for (int k = 0; k < 30; k++) text.Append("\n%").Insert(text.Length, sign, random.Next(longest));
            text.Append("\n9000 2\n");
            double[] entries = Numbers(random, 18_000);
            foreach (double entry in entries) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{entry:R}\n");
            AssertSame(entries, ReadDense(text.ToString()).Transpose().ToArray());
        }
    }
}
