namespace Nabla.Expressions.Compilation;

/// <summary>A chain of element-wise operations, done block by block while the block is in the first cache.</summary>
internal sealed class Tape
{
    /// <summary>The entries of a block.</summary>
    public const int Block = 512;

    private Tape(int[] sizes, Read[] reads, Instruction[] code, int registers, int result, Read target) =>
        (Sizes, Reads, Code, Registers, Result, Target, IsSymmetric) = (sizes, reads, code, registers, result, target, IsSameTransposed(sizes, reads, code, result));

    /// <summary>The sizes of the axes that are walked, outermost first.</summary>
    public int[] Sizes { get; }

    /// <summary>What is read: registers 0, 1, ...</summary>
    public Read[] Reads { get; }

    /// <summary>The instructions.</summary>
    public Instruction[] Code { get; }

    /// <summary>How many blocks of scratch memory the instructions use.</summary>
    public int Registers { get; }

    /// <summary>The register of the value.</summary>
    public int Result { get; }

    /// <summary>Where the value goes.</summary>
    public Read Target { get; }

    /// <summary>Whether the value is a symmetric matrix: with the axes of all reads exchanged the instructions compute the same.</summary>
    public bool IsSymmetric { get; }

    /// <summary>The number of entries that are walked.</summary>
    public long Count => View.Product(Sizes);

    /// <summary>The operations of all instructions.</summary>
    public double Operations => (double)Count * Code.Sum(i => Cost(i.Operation));

    /// <summary>A tape whose neighbouring axes are merged where every walk allows it; the last <paramref name="reduced"/> axes are kept apart from those before.</summary>
    public static (Tape Tape, int Reduced) Of(int[] sizes, IReadOnlyList<Read> reads, IReadOnlyList<Instruction> code, int result, Read target, int reduced)
    {
        var axes = new List<int>();
        var walks = reads.Append(target).ToArray();
        var merged = new List<int>();
        int left = 0;
        for (int a = 0; a < sizes.Length; a++)
        {
            if (sizes[a] == 1) continue;
            bool isReduced = a >= sizes.Length - reduced;
            if (axes.Count > 0 && isReduced == axes[^1] >= sizes.Length - reduced && Array.TrueForAll(walks, w => w.Strides[axes[^1]] == w.Strides[a] * sizes[a]))
            {
                axes[^1] = a;
                merged[^1] *= sizes[a];
                continue;
            }
            axes.Add(a);
            merged.Add(sizes[a]);
            if (isReduced) left++;
        }
        Read Walk(Read w) => w with { Strides = [.. axes.Select(a => w.Strides[a])] };
        var (allocated, registers, final) = Allocate(reads.Count, code, result);
        return (new([.. merged], [.. reads.Select(Walk)], allocated, registers, final, Walk(target)), left);
    }

    /// <summary>The same walk with its axes in another order.</summary>
    public Tape Permuted(int[] order)
    {
        Read Walk(Read w) => w with { Strides = [.. order.Select(a => w.Strides[a])] };
        return new([.. order.Select(a => Sizes[a])], [.. Reads.Select(Walk)], Code, Registers, Result, Walk(Target));
    }

    /// <summary>The operations of an instruction; a transcendental function counts as twenty.</summary>
    public static int Cost(Operation operation) => operation switch
    {
        Operation.Copy or Operation.Fill => 0,
        Operation.ScaleAdd or Operation.ScaledProduct => 2,
        _ => IsFunction(operation) ? 20 : 1,
    };

    /// <summary>Whether an instruction computes a function that takes many operations.</summary>
    public static bool IsFunction(Operation operation) => operation is >= Operation.Exp or Operation.Power or Operation.PowerOf;

    private static bool IsSameTransposed(int[] sizes, Read[] reads, Instruction[] code, int result)
    {
        if (sizes is not [var m, var n] || m != n) return false;
        // What is computed gets a number: the same one where the same is computed.
        var numbers = new Dictionary<(Operation Operation, object? Of, double Constant, long A, long B), int>();
        int Number((Operation, object?, double, long, long) key) => numbers.TryGetValue(key, out int number) ? number : numbers[key] = numbers.Count;
        int Computed(bool isTransposed)
        {
            var registers = new Dictionary<int, int>();
            for (int i = 0; i < reads.Length; i++)
                registers[i] = Number((Operation.Copy, reads[i].Storage, reads[i].Offset, reads[i].Strides[isTransposed ? 1 : 0], reads[i].Strides[isTransposed ? 0 : 1]));
            foreach (var c in code)
            {
                var (a, b) = (registers.GetValueOrDefault(c.A, -1), registers.GetValueOrDefault(c.B, -1));
                if (c.Operation is Operation.Add or Operation.Multiply or Operation.ScaledProduct && a > b) (a, b) = (b, a);
                registers[c.Target] = Number((c.Operation, c.Function, c.Constant, a, b));
            }
            return registers[result];
        }
        return Computed(false) == Computed(true);
    }

    // Scratch blocks are used again as soon as their value is spent.
    private static (Instruction[] Code, int Registers, int Result) Allocate(int reads, IReadOnlyList<Instruction> code, int result)
    {
        var lastUse = new Dictionary<int, int> { [result] = int.MaxValue };
        for (int i = 0; i < code.Count; i++)
        {
            if (code[i].A >= reads) lastUse[code[i].A] = Math.Max(lastUse.GetValueOrDefault(code[i].A), i);
            if (code[i].B >= reads) lastUse[code[i].B] = Math.Max(lastUse.GetValueOrDefault(code[i].B), i);
        }
        var place = new Dictionary<int, int>();
        var free = new Stack<int>();
        var allocated = new Instruction[code.Count];
        int count = 0;
        int Place(int register) => register < reads ? register : place[register];
        for (int i = 0; i < allocated.Length; i++)
        {
            var c = code[i];
            var (a, b) = (c.A < 0 ? -1 : Place(c.A), c.B < 0 ? -1 : Place(c.B));
            if (c.A >= reads && lastUse[c.A] == i) free.Push(place[c.A]);
            if (c.B >= reads && c.B != c.A && lastUse[c.B] == i) free.Push(place[c.B]);
            int target = free.Count > 0 ? free.Pop() : reads + count++;
            place[c.Target] = target;
            allocated[i] = c with { A = a, B = b, Target = target };
        }
        return (allocated, count, Place(result));
    }
}
