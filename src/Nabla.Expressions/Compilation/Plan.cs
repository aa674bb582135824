using System.Globalization;
using System.Text;

namespace Nabla.Expressions.Compilation;

/// <summary>The steps that compute the results for given sizes, and the place of every storage.</summary>
internal sealed class Plan
{
    // Vectors of 512 bits start at a multiple of this many entries, whatever their type.
    private const long Alignment = 16;

    /// <param name="lowering">The steps.</param>
    /// <param name="varying">The inputs that change from run to run while the others stay; none where all may change.</param>
    public Plan(Lowering lowering, IReadOnlySet<string> varying)
    {
        (Storages, Results, NaiveOperations) = (lowering.Storages, lowering.Results, lowering.NaiveOperations);
        (Steps, FixedSteps) = varying.Count == 0 ? (lowering.Steps, 0) : FixedFirst(lowering.Steps, varying);
        var before = MatrixPass.Join([.. Steps.Take(FixedSteps)]);
        (Steps, FixedSteps) = ([.. before, .. MatrixPass.Join([.. Steps.Skip(FixedSteps)])], before.Count);
        FindLives();
        ArenaEntries = Arrange();
    }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>How many steps, the first ones, depend on no input that varies: they are done once.</summary>
    public int FixedSteps { get; }

    /// <summary>All storages.</summary>
    public IReadOnlyList<Storage> Storages { get; }

    /// <summary>The results.</summary>
    public IReadOnlyList<View> Results { get; }

    /// <summary>The entries of the memory that results, intermediate values and constants share.</summary>
    public long ArenaEntries { get; }

    /// <summary>The bytes that an evaluation takes beside its inputs: the memory of the plan, what steps keep, and what products pack their operands into.</summary>
    public long Bytes<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        (ArenaEntries + Steps.Sum(s => s.HeldEntries<T>()) + Steps.Max(s => (long?)s.PackedEntries<T>()).GetValueOrDefault()) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>What the naive order of the contractions would have cost.</summary>
    public double NaiveOperations { get; }

    // A step varies with what it reads, and where another step that varies writes to the same place.
    private static (IReadOnlyList<Step> Steps, int Fixed) FixedFirst(IReadOnlyList<Step> steps, IReadOnlySet<string> varying)
    {
        var places = new HashSet<Storage>(ReferenceEqualityComparer.Instance);
        var moving = new HashSet<Step>(ReferenceEqualityComparer.Instance);
        bool IsMoving(Storage s) => places.Contains(s) || (s.Kind == StorageKind.Input && varying.Contains(s.Name));
        for (int before = -1; before < moving.Count;)
        {
            before = moving.Count;
            foreach (var step in steps)
                if ((step.Inputs.Any(IsMoving) || step.Outputs.Any(IsMoving)) && moving.Add(step)) places.UnionWith(step.Outputs);
        }
        return ([.. steps.Where(s => !moving.Contains(s)), .. steps.Where(moving.Contains)], steps.Count - moving.Count);
    }

    // A value that a fixed step makes for one that varies lives until the next run.
    private void FindLives()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (var s in Steps[i].Inputs) s.Last = Math.Max(s.Last, i >= FixedSteps && s.First < FixedSteps ? int.MaxValue : i);
            foreach (var s in Steps[i].Outputs) (s.First, s.Last) = (Math.Min(s.First, i), Math.Max(s.Last, i));
        }
    }

    // First fit, the largest first: two storages share a place where their lives do not meet.
    private long Arrange()
    {
        var placed = new List<Storage>();
        long end = 0;
        foreach (var s in Storages.Where(s => s.Kind != StorageKind.Input).OrderByDescending(s => s.Count).ThenBy(s => s.Slot))
        {
            if (s.Kind != StorageKind.Temporary) (s.First, s.Last) = (-1, int.MaxValue);
            if (s.Last < 0) continue;
            long place = 0;
            foreach (var other in placed.Where(o => o.First <= s.Last && s.First <= o.Last).OrderBy(o => o.Place))
            {
                if (other.Place - place >= s.Count) break;
                place = Math.Max(place, Rounded(other.Place + other.Count));
            }
            s.Place = place;
            placed.Add(s);
            end = Math.Max(end, place + s.Count);
        }
        return Rounded(end);

        static long Rounded(long entries) => (entries + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>The report of what the plan does and costs.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    public string Explain<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int bytes = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        var text = new StringBuilder();
        double operations = Steps.Sum(s => s.Operations), traffic = Steps.Sum(s => s.Traffic) * bytes;
        var temporaries = Storages.Where(s => s.Kind == StorageKind.Temporary && s.Last >= 0).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"{Steps.Count} steps, {Number(operations)} operations, {Number(traffic)} bytes read and written\n");
        text.Append(CultureInfo.InvariantCulture, $"memory: {Number(ArenaEntries * bytes)} bytes at once, of which results {Number(Results.Sum(r => r.Count) * bytes)}; {temporaries.Length} intermediate values of {Number(temporaries.Sum(t => t.Count) * bytes)} bytes share the rest; with what steps keep and pack, {Number(Bytes<T>())} bytes\n");
        double products = Steps.SelectMany(s => s is MatrixPassStep pass ? pass.Members : [s]).Where(s => s is ProductStep or GramStep or SolveStep).Sum(s => s.Operations);
        if (NaiveOperations > 0) text.Append(CultureInfo.InvariantCulture, $"products: {Number(products)} operations; from left to right they would have been {Number(NaiveOperations)}\n");
        for (int i = 0; i < Steps.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,4}  {Steps[i].Description}: {Number(Steps[i].Operations)} operations\n");
        return text.ToString();
    }

    private static string Number(double x) => x.ToString(x < 1e6 ? "#,0" : "0.00e0", CultureInfo.InvariantCulture);
}
