using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Aggressive early deflation: the Schur form of a window at the end of a Hessenberg block shows which eigenvalues hardly depend on the rest.</summary>
/// <remarks>
/// Braman, Byers and Mathias (2002), The multishift QR algorithm, part II. The Schur form turns the entry left of the window into a column, the spike; where its last entries are negligible the eigenvalues are found.
/// Moving an eigenvalue that is not found to the top of the window, to look at the next one, gained nothing on random matrices of order 200 to 1000.
/// </remarks>
internal sealed unsafe class DeflationWindow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int width;
    private readonly T[] block;
    private readonly T[] rotation;

    /// <summary>Deflates what it can in the last <paramref name="width"/> rows of the block from lo to hi of h (n x n), whose eigenvalues go to re and im. What lies outside the window is left to the caller.</summary>
    internal DeflationWindow(T* h, int n, int lo, int hi, int width, T[] re, T[] im)
    {
        this.width = width;
        Start = hi - width + 1;
        block = new T[width * width];
        rotation = new T[width * width];
        T[] real = new T[width], imaginary = new T[width];
        T spike = Start > lo ? h[(nint)Start * n + Start - 1] : T.Zero;
        fixed (T* t = block, u = rotation)
        {
            for (int i = 0; i < width; i++)
            {
                int from = Math.Max(0, i - 1);
                new Span<T>(h + (nint)(Start + i) * n + Start + from, width - from).CopyTo(new Span<T>(t + i * width + from, width - from));
                u[i * (width + 1)] = T.One;
            }
            FrancisIteration.Iterate(t, width, u, true, real, imaginary);
            int kept = Deflate(t, u, spike, FrancisIteration.Negligible<T>(n));
            Eigenvalues(t, real, imaginary);
            for (int i = 0; i < kept; i++) Shifts.Add((real[i], imaginary[i]));
            Deflated = width - kept;
            real.AsSpan(kept).CopyTo(re.AsSpan(Start + kept));
            imaginary.AsSpan(kept).CopyTo(im.AsSpan(Start + kept));
            if (Deflated == 0) return;
            IsChanged = true;
            if (kept > 1) Restore(t, u, kept);
            if (Start > lo) h[(nint)Start * n + Start - 1] = kept == 0 ? T.Zero : spike * u[0];
            for (int i = 0; i < width; i++) new Span<T>(t + i * width, width).CopyTo(new Span<T>(h + (nint)(Start + i) * n + Start, width));
        }
    }

    /// <summary>The first row of the window.</summary>
    internal int Start { get; }

    /// <summary>How many eigenvalues were found.</summary>
    internal int Deflated { get; }

    /// <summary>Whether the window was changed: by the transpose of <see cref="Rotation"/>, which its surroundings are still to be multiplied by.</summary>
    internal bool IsChanged { get; }

    /// <summary>The transpose of the orthogonal matrix of the window.</summary>
    internal T[] Rotation => rotation;

    /// <summary>The eigenvalues that were not found, good shifts for the next sweep; conjugates stand side by side.</summary>
    internal List<(T Re, T Im)> Shifts { get; } = [];

    private int Deflate(T* t, T* u, T spike, T small)
    {
        int kept = width;
        while (kept > 0)
        {
            int last = kept - 1;
            bool pair = last > 0 && t[last * width + last - 1] != T.Zero;
            T size = T.Abs(t[last * (width + 1)]), weight = T.Abs(spike * u[last * width]);
            if (pair)
            {
                size += T.Sqrt(T.Abs(t[last * width + last - 1])) * T.Sqrt(T.Abs(t[(last - 1) * width + last]));
                weight = T.Max(weight, T.Abs(spike * u[(last - 1) * width]));
            }
            if (size == T.Zero) size = T.Abs(spike);
            if (weight > T.Max(small, Precision<T>.Epsilon * size)) break;
            kept -= pair ? 2 : 1;
        }
        return kept;
    }

    private void Eigenvalues(T* t, T[] real, T[] imaginary)
    {
        for (int i = 0; i < width; i++)
        {
            real[i] = t[i * (width + 1)];
            imaginary[i] = T.Zero;
            if (i == width - 1 || t[(i + 1) * width + i] == T.Zero) continue;
            T size = T.Sqrt(T.Abs(t[i * width + i + 1])) * T.Sqrt(T.Abs(t[(i + 1) * width + i]));
            (imaginary[i], imaginary[i + 1], real[i + 1]) = (size, -size, t[(i + 1) * (width + 1)]);
            i++;
        }
    }

    /// <summary>Turns the spike over the first rows into its first entry, and the rows back into Hessenberg form.</summary>
    private void Restore(T* t, T* u, int kept)
    {
        T[] vector = new T[width], work = new T[width];
        fixed (T* v = vector, w = work)
        {
            for (int i = 0; i < kept; i++) v[i] = u[i * width];
            Turn(t, u, kept, 0, v, w);
            for (int k = 0; k < kept - 2; k++)
            {
                for (int i = k + 1; i < kept; i++) v[i - k - 1] = t[i * width + k];
                t[(k + 1) * width + k] = Turn(t, u, kept, k + 1, v, w);
                for (int i = k + 2; i < kept; i++) t[i * width + k] = T.Zero;
            }
        }
    }

    /// <summary>Makes a reflector of v and applies it from both sides to the rows and columns from <paramref name="first"/> to <paramref name="kept"/>; returns what v becomes.</summary>
    private T Turn(T* t, T* u, int kept, int first, T* v, T* work)
    {
        int size = kept - first;
        (T tau, T beta) = Reflector.Make(v, size);
        Reflector.ApplyLeft(v, tau, t + first * (width + 1), width, size, width - first, work);
        Reflector.ApplyRight(v, tau, t + first, width, kept, size);
        Reflector.ApplyLeft(v, tau, u + first * width, width, size, width, work);
        return beta;
    }
}
