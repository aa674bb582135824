using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Reduces a Hessenberg matrix to real Schur form by chains of small bulges and aggressive early deflation.</summary>
/// <remarks>
/// Braman, Byers and Mathias (2002), The multishift QR algorithm, parts I and II. Each chain is chased through windows on the diagonal; what a window does to the rest of the matrix is applied by matrix products.
/// H is n x n, row-major; zt is the transpose of the orthogonal factor, or null.
/// </remarks>
internal sealed unsafe class MultishiftIteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest block that is left to the double-shift iteration.</summary>
    internal const int Small = 60;

    private const int Cap = 300;
    private readonly T* h;
    private readonly int n;
    private readonly T* zt;
    private readonly bool form;
    private readonly T[] re;
    private readonly T[] im;
    private T[] rotation = [];
    private T[] buffer = [];

    private MultishiftIteration(T* h, int n, T* zt, bool form, T[] re, T[] im)
    {
        this.h = h;
        this.n = n;
        this.zt = zt;
        this.form = form;
        this.re = re;
        this.im = im;
    }

    /// <summary>Reduces the Hessenberg matrix h to quasi-triangular form with standard blocks; without the form only the eigenvalues are right.</summary>
    /// <exception cref="ConvergenceException">Nothing was deflated in 300 sweeps.</exception>
    internal static void Iterate(T* h, int n, T* zt, bool form, T[] re, T[] im)
    {
        if (n <= Small) FrancisIteration.Iterate(h, n, zt, form, re, im);
        else new MultishiftIteration<T>(h, n, zt, form, re, im).Iterate();
    }

    private void Iterate()
    {
        T small = FrancisIteration.Negligible<T>(n);
        for (int j = 0; j < n - 2; j++)
            for (int i = j + 2; i < n; i++) h[(nint)i * n + j] = T.Zero;
        int hi = n - 1, idle = 0;
        while (hi >= 0)
        {
            int lo = FrancisIteration.FindDeflation(h, n, 0, hi, small), size = hi - lo + 1;
            if (lo > 0) h[(nint)lo * n + lo - 1] = T.Zero;
            if (size <= Small)
            {
                Finish(lo, hi);
                hi = lo - 1;
                idle = 0;
                continue;
            }
            if (idle == Cap) throw new ConvergenceException($"The QR iteration for the eigenvalues of a {n} x {n} matrix deflated nothing in {Cap} sweeps.");
            int shifts = Shifts(size), width = Math.Min(size > 500 ? 3 * shifts / 2 : shifts, (size - 1) / 3);
            var window = new DeflationWindow<T>(h, n, lo, hi, width, re, im);
            if (window.IsChanged) Apply(window.Rotation, window.Start, width, lo, hi);
            hi -= window.Deflated;
            idle = window.Deflated > 0 ? 0 : idle + 1;
            if (100 * window.Deflated > 14 * width || hi - lo + 1 <= Small) continue;
            List<(T Re, T Im)> candidates = idle % 6 == 5 ? Exceptional(lo, hi, shifts) : window.Shifts;
            Sweep(lo, hi, Pairs(candidates, shifts));
        }
    }

    private static int Shifts(int size) => size < 150 ? 10 : size < 590 ? Math.Max(10, size / (int)Math.Round(Math.Log2(size)) / 2 * 2) : 64;

    /// <summary>Solves a small diagonal block on its own.</summary>
    private void Finish(int lo, int hi)
    {
        int size = hi - lo + 1;
        T[] block = new T[size * size], turned = new T[size * size], real = new T[size], imaginary = new T[size];
        fixed (T* w = block, u = turned)
        {
            for (int i = 0; i < size; i++)
            {
                new Span<T>(h + (nint)(lo + i) * n + lo, size).CopyTo(new Span<T>(w + i * size, size));
                u[i * (size + 1)] = T.One;
            }
            FrancisIteration.Iterate(w, size, u, form, real, imaginary);
            for (int i = 0; i < size; i++) new Span<T>(w + i * size, size).CopyTo(new Span<T>(h + (nint)(lo + i) * n + lo, size));
        }
        real.CopyTo(re, lo);
        imaginary.CopyTo(im, lo);
        if (size > 1 && (form || zt != null)) Apply(turned, lo, size, lo, hi);
    }

    /// <summary>Multiplies what lies right of and above the window by its orthogonal matrix, and the rows of zt.</summary>
    private void Apply(T[] turned, int start, int width, int lo, int hi)
    {
        int end = start + width, top = form ? 0 : lo, last = form ? n : hi + 1;
        if (buffer.Length < width * n) buffer = LargePages.Uninitialised<T>(width * n);
        fixed (T* u = turned, b = buffer)
        {
            Left(u, width, h + (nint)start * n + end, last - end, b);
            if (zt != null) Left(u, width, zt + (nint)start * n, n, b);
            int rows = start - top;
            if (rows <= 0) return;
            T* above = h + (nint)top * n + start;
            Gemm.Set(rows, width, width, T.One, above, n, 1, u, 1, width, b, width);
            for (int i = 0; i < rows; i++) new Span<T>(b + (nint)i * width, width).CopyTo(new Span<T>(above + (nint)i * n, width));
        }
    }

    private void Left(T* u, int width, T* rows, int columns, T* b)
    {
        if (columns <= 0) return;
        Gemm.Set(width, columns, width, T.One, u, width, 1, rows, n, 1, b, columns);
        for (int i = 0; i < width; i++) new Span<T>(b + (nint)i * columns, columns).CopyTo(new Span<T>(rows + (nint)i * n, columns));
    }

    /// <summary>Shifts that break a cycle: near the sizes of the last entries beside the diagonal.</summary>
    private List<(T Re, T Im)> Exceptional(int lo, int hi, int count)
    {
        var shifts = new List<(T Re, T Im)>();
        for (int i = hi; i > lo + 1 && shifts.Count < count; i -= 2)
        {
            T size = T.Abs(h[(nint)i * n + i - 1]) + T.Abs(h[(nint)(i - 1) * n + i - 2]), real = Precision<T>.Number(0.75) * size + h[(nint)i * n + i];
            T imaginary = Precision<T>.Number(0.66) * size;
            shifts.Add((real, imaginary));
            shifts.Add((real, -imaginary));
        }
        return shifts;
    }

    /// <summary>Complex shifts with their conjugates, and real ones two by two; a real one without a partner is used twice.</summary>
    private static List<(T Re1, T Im1, T Re2, T Im2)> Pairs(List<(T Re, T Im)> shifts, int count)
    {
        var pairs = new List<(T Re1, T Im1, T Re2, T Im2)>();
        T? waiting = null;
        for (int i = shifts.Count - 1; i >= 0 && pairs.Count < count / 2; i--)
        {
            (T real, T imaginary) = shifts[i];
            if (imaginary != T.Zero)
            {
                pairs.Add((real, T.Abs(imaginary), real, -T.Abs(imaginary)));
                i--;
            }
            else if (waiting is { } other)
            {
                pairs.Add((other, T.Zero, real, T.Zero));
                waiting = null;
            }
            else waiting = real;
        }
        if (waiting is { } alone && pairs.Count < count / 2) pairs.Add((alone, T.Zero, alone, T.Zero));
        return pairs;
    }

    /// <summary>Chases a chain of bulges, one for each pair of shifts, three rows apart, from the top of the block to its end.</summary>
    private void Sweep(int lo, int hi, List<(T Re1, T Im1, T Re2, T Im2)> pairs)
    {
        int count = pairs.Count, chain = 3 * count;
        int[] next = new int[count];
        Array.Fill(next, lo);
        for (int reach = lo + 2 * chain; next[count - 1] < hi; reach += chain)
        {
            int start = Math.Max(lo, next[count - 1] - 1), width = Math.Min(hi, reach + 3) - start + 1;
            if (rotation.Length < width * width) rotation = new T[width * width];
            Array.Clear(rotation);
            fixed (T* u = rotation)
            {
                for (int i = 0; i < width; i++) u[i * (width + 1)] = T.One;
                for (int bulge = 0; bulge < count; bulge++)
                    for (int end = Math.Min(reach - 3 * bulge, hi - 1); next[bulge] <= end; next[bulge]++)
                        Step(next[bulge], bulge, lo, hi, start, width, u, pairs[bulge]);
            }
            Apply(rotation, start, width, lo, hi);
        }
    }

    /// <summary>Moves a bulge down by a row, inside the window.</summary>
    private void Step(int k, int bulge, int lo, int hi, int start, int width, T* u, (T Re1, T Im1, T Re2, T Im2) shift)
    {
        T* v = stackalloc T[3];
        T* row = h + (nint)k * n;
        int size = Math.Min(3, hi - k + 1);
        if (k == lo) FrancisIteration.FirstColumn(row + k, n, shift, v);
        else
            for (int i = 0; i < size; i++) v[i] = row[(nint)i * n + k - 1];
        (T tau, T beta) = Reflector.Make(v, size);
        if (k > lo)
        {
            row[k - 1] = beta;
            for (int i = 1; i < size; i++) row[(nint)i * n + k - 1] = T.Zero;
        }
        if (tau == T.Zero) return;
        int at = k - start, used = Math.Min(width, at + 3 + 2 * bulge);
        FrancisIteration.ApplyRows(row + k, row + n + k, size == 3 ? row + 2 * (nint)n + k : null, start + width - k, v, tau);
        FrancisIteration.ApplyColumns(h + (nint)start * n + k, n, Math.Min(k + 3, hi) - start + 1, size, v, tau);
        u += (nint)at * width;
        FrancisIteration.ApplyRows(u, u + width, size == 3 ? u + 2 * (nint)width : null, used, v, tau);
    }
}
