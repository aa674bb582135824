using System.Numerics;

namespace Nabla.Numerics;

/// <summary>What remains of a diagonal matrix with a correction of rank one when the entries that the correction hardly moves are taken out.</summary>
/// <remarks>
/// Dongarra and Sorensen (1987), A fully parallel algorithm for the symmetric eigenvalue problem. An entry goes when its weight is small; of two entries that nearly agree, one gets all the weight by a rotation of their vectors and the other goes.
/// Every entry stands for a row of old vectors, with entries in the upper half, in the lower half or in both; the remaining ones are grouped in that order, so that products leave the zeros out.
/// </remarks>
internal sealed class Deflation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(T Value, T Weight, int Row, Half Half)> kept = [];
    private readonly List<(T Value, int Row)> gone = [];

    /// <summary>Sorts the entries by value and deflates; the rotation (c, s) of rows a and b makes c a + s b of the first and c b - s a of the second.</summary>
    /// <param name="entries">The diagonal, the weights, the rows and where those are not zero.</param>
    /// <param name="pinned">Whether the first entry stays first and is never taken out.</param>
    /// <param name="scale">What a weight is multiplied by before it is compared with the tolerance.</param>
    /// <param name="tolerance">The change that counts as none.</param>
    /// <param name="rotate">Rotates two rows.</param>
    internal Deflation((T Value, T Weight, int Row, Half Half)[] entries, bool pinned, T scale, T tolerance, Action<int, int, T, T> rotate)
    {
        int first = pinned ? 1 : 0;
        Array.Sort(entries, first, entries.Length - first, Comparer<(T Value, T Weight, int Row, Half Half)>.Create(static (x, y) => x.Value.CompareTo(y.Value) is var order and not 0 ? order : x.Row.CompareTo(y.Row)));
        if (pinned) kept.Add(entries[0]);
        for (int i = first; i < entries.Length; i++)
        {
            (T Value, T Weight, int Row, Half Half) entry = entries[i];
            if (scale * T.Abs(entry.Weight) <= tolerance)
            {
                gone.Add((entry.Value, entry.Row));
                continue;
            }
            if (kept.Count > first)
            {
                (T Value, T Weight, int Row, Half Half) before = kept[^1];
                T length = T.Hypot(before.Weight, entry.Weight), c = entry.Weight / length, s = before.Weight / length;
                if (T.Abs((entry.Value - before.Value) * c * s) <= tolerance)
                {
                    rotate(entry.Row, before.Row, c, s);
                    gone.Add((before.Value * c * c + entry.Value * s * s, before.Row));
                    kept.RemoveAt(kept.Count - 1);
                    entry = (before.Value * s * s + entry.Value * c * c, length, entry.Row, entry.Half == before.Half ? entry.Half : Half.Both);
                }
            }
            kept.Add(entry);
        }
        Count = kept.Count;
        FirstLower = kept.Count(static x => x.Half == Half.Upper);
        EndUpper = FirstLower + kept.Count(static x => x.Half == Half.Both);
        Place = new int[Count];
        int upper = 0, both = FirstLower, lower = EndUpper;
        for (int i = 0; i < Count; i++) Place[i] = kept[i].Half switch { Half.Upper => upper++, Half.Both => both++, _ => lower++ };
    }

    /// <summary>Which entries of a row are not zero.</summary>
    internal enum Half
    {
        /// <summary>Those before the joint.</summary>
        Upper,

        /// <summary>Those on both sides.</summary>
        Both,

        /// <summary>Those behind the joint.</summary>
        Lower,
    }

    /// <summary>The number of entries that remain.</summary>
    internal int Count { get; }

    /// <summary>The place of each remaining entry in the grouped order.</summary>
    internal int[] Place { get; }

    /// <summary>The first place in the grouped order with something in the lower half.</summary>
    internal int FirstLower { get; }

    /// <summary>The end of the places in the grouped order with something in the upper half.</summary>
    internal int EndUpper { get; }

    internal T Value(int i) => kept[i].Value;

    internal T Weight(int i) => kept[i].Weight;

    /// <summary>Copies the remaining rows in the grouped order to <paramref name="upper"/> (the columns before the joint) and <paramref name="lower"/>, and moves those that went behind the room for as many rows as remain.</summary>
    internal unsafe void Gather(T* rows, nint stride, int joint, int width, T* upper, T* lower)
    {
        int rest = width - joint;
        for (int i = 0; i < Count; i++)
        {
            T* row = rows + kept[i].Row * stride;
            if (Place[i] < EndUpper) new Span<T>(row, joint).CopyTo(new Span<T>(upper + (nint)Place[i] * joint, joint));
            if (Place[i] >= FirstLower) new Span<T>(row + joint, rest).CopyTo(new Span<T>(lower + (nint)(Place[i] - FirstLower) * rest, rest));
        }
        if (gone.Count == 0) return;
        T[] moved = LargePages.Uninitialised<T>(gone.Count * width);
        for (int i = 0; i < gone.Count; i++) new Span<T>(rows + gone[i].Row * stride, width).CopyTo(moved.AsSpan(i * width));
        for (int i = 0; i < gone.Count; i++) moved.AsSpan(i * width, width).CopyTo(new Span<T>(rows + (Count + i) * stride, width));
    }

    /// <summary>Writes the values of the entries that went, in the order of their rows.</summary>
    internal void Values(Span<T> values)
    {
        for (int i = 0; i < gone.Count; i++) values[i] = gone[i].Value;
    }
}
