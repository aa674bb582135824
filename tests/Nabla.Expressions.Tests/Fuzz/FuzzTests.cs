namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>The laws over random programs: the same ones every run, in the order of their seeds; tests/Nabla.Soak runs more.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Programs = 3000;

    [Fact]
    public void Random_programs_keep_the_laws()
    {
        const int First = 1;
        var (tally, broken) = (new Tally(), new List<string>());
        for (int seed = First; seed < First + Programs && broken.Count < 5; seed++)
        {
            bool thorough = seed % 8 == 0;
            var program = ProgramGenerator.Of(seed);
            if (Laws.Broken(program, thorough, tally) is not { } failure) continue;
            (program, failure) = Shrinking.Shrink(program, failure, thorough);
            broken.Add($"seed {seed}: {failure.Law}: {program}: {failure.Message}");
        }
        output.WriteLine($"seeds from {First}: {tally.Asked} programs, {tally}.");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.True(tally.WithoutText.Count <= 1 + tally.Asked / 200, string.Join('\n', tally.WithoutText));
        Assert.True(tally.Compared > tally.Asked / 2, $"Only {tally.Compared} of {tally.Asked} programs could be compared.");
    }
}
