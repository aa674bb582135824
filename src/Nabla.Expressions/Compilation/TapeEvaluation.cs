using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Evaluates a tape for one block: n consecutive entries of its walk, or a box of rows and columns of its last two axes.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="workspace">The workspace whose addresses the reads refer to.</param>
/// <param name="tape">The tape.</param>
/// <param name="most">The most entries of a block.</param>
internal sealed unsafe class TapeEvaluation<T>(Workspace<T> workspace, Tape tape, int most = Tape.Block)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The entries that a function computes between two requests for memory.
    private const int Piece = 128;

    // From here on the entries do not stay in the second cache.
    private const int LeastRequested = 1 << 17;

    private readonly bool[] _flat = [.. tape.Reads.Select(r => r.IsFlat(tape.Sizes))];
    private readonly int _function = tape.Count < LeastRequested || !Sse.IsSupported ? -1 : Array.FindIndex(tape.Code, c => Tape.IsFunction(c.Operation));

    /// <summary>The entries of a block: fewer where many registers must stay in the first cache.</summary>
    public int Block { get; } = (int)Math.Min(Math.Max(1, tape.Count), tape.Registers + tape.Reads.Length <= 24 ? most : 128);

    /// <summary>The bytes of scratch memory that a thread needs.</summary>
    public int Scratch => Block * (tape.Registers + tape.Reads.Length);

    /// <summary>The value of n consecutive entries from <paramref name="start"/>, in scratch memory or in place.</summary>
    public T* Evaluate(long start, int n, T* scratch, T* into)
    {
        T** registers = stackalloc T*[tape.Reads.Length + tape.Registers];
        var reads = tape.Reads;
        for (int i = 0; i < reads.Length; i++)
        {
            var read = reads[i];
            T* source = workspace.Addresses[read.Storage.Slot] + read.Offset;
            T* block = scratch + (nint)i * Block;
            if (_flat[i]) registers[i] = source + start;
            else if (read.IsScalar) new Span<T>(registers[i] = block, n).Fill(*source);
            else registers[i] = Gather(read.Strides, source, start, n, block);
        }
        return Execute(registers, n, scratch + (nint)reads.Length * Block, into);
    }

    /// <summary>The value of a box of the last two axes.</summary>
    public T* EvaluateBox(ReadOnlySpan<int> outer, int row, int rows, int column, int columns, T* scratch)
    {
        T** registers = stackalloc T*[tape.Reads.Length + tape.Registers];
        for (int i = 0; i < tape.Reads.Length; i++)
        {
            var read = tape.Reads[i];
            long[] strides = read.Strides;
            T* source = workspace.Addresses[read.Storage.Slot] + read.Offset;
            for (int a = 0; a < outer.Length; a++) source += outer[a] * strides[a];
            long down = strides[^2], across = strides[^1];
            source += row * down + column * across;
            T* block = registers[i] = scratch + (nint)i * Block;
            if (across == 1)
            {
                for (int r = 0; r < rows; r++) new Span<T>(source + r * down, columns).CopyTo(new Span<T>(block + r * columns, columns));
            }
            else if (down == 1) Transposition.Copy(source, (nint)across, columns, rows, block, columns);
            else
            {
                for (int r = 0; r < rows; r++)
                    for (int c = 0; c < columns; c++) block[r * columns + c] = source[r * down + c * across];
            }
        }
        return Execute(registers, rows * columns, scratch + (nint)tape.Reads.Length * Block, null);
    }

    private T* Execute(T** registers, int n, T* temporaries, T* into)
    {
        int reads = tape.Reads.Length, last = tape.Code.Length - 1;
        for (int i = 0; i < tape.Registers; i++) registers[reads + i] = temporaries + (nint)i * Block;
        var code = tape.Code;
        for (int i = 0; i < code.Length; i++)
        {
            ref readonly var c = ref code[i];
            T* target = i == last && into != null ? into : registers[c.Target];
            if (i == _function && i < last) RunAndRequest(registers, n, into);
            else Loops.Run(c, c.A < 0 ? null : registers[c.A], c.B < 0 ? null : registers[c.B], target, n);
            if (i == last) return target;
        }
        return registers[tape.Result];
    }

    // While a function computes, memory has nothing to do: piece by piece it is asked for what is read later and for the lines that the values go to.
    private void RunAndRequest(T** registers, int n, T* into)
    {
        ref readonly var c = ref tape.Code[_function];
        for (int k = 0; k < n; k += Piece)
        {
            int count = Math.Min(Piece, n - k);
            for (int r = 0; r < _flat.Length; r++)
                if (_flat[r] && r != c.A && r != c.B) Request(registers[r] + k, count);
            if (into != null) Request(into + k, count);
            Loops.Run(c, registers[c.A] + k, c.B < 0 ? null : registers[c.B] + k, registers[c.Target] + k, count);
        }
    }

    private static void Request(T* entries, int count)
    {
        for (int k = 0; k < count; k += 64 / sizeof(T)) Sse.Prefetch0(entries + k);
    }

    // The entries of a strided walk, run by run along the last axis.
    private T* Gather(long[] strides, T* source, long start, int n, T* block)
    {
        int[] sizes = tape.Sizes;
        int last = sizes.Length - 1;
        int* index = stackalloc int[sizes.Length];
        T* place = source;
        long rest = start;
        for (int a = last; a >= 0; a--)
        {
            index[a] = (int)(rest % sizes[a]);
            rest /= sizes[a];
            place += index[a] * strides[a];
        }
        long step = strides[last];
        int run = Math.Min(n, sizes[last] - index[last]);
        if (run == n && step == 1) return place;
        for (int done = 0; ;)
        {
            Fill(place, step, block + done, run);
            done += run;
            if (done == n) return block;
            place -= index[last] * strides[last];
            index[last] = 0;
            for (int a = last - 1; a >= 0; a--)
            {
                place += strides[a];
                if (++index[a] < sizes[a]) break;
                place -= (long)sizes[a] * strides[a];
                index[a] = 0;
            }
            run = Math.Min(n - done, sizes[last]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(T* place, long step, T* block, int run)
    {
        if (step == 1) new Span<T>(place, run).CopyTo(new Span<T>(block, run));
        else if (step == 0) new Span<T>(block, run).Fill(*place);
        else
            for (int k = 0; k < run; k++) block[k] = place[k * step];
    }
}
