using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Reduces a square matrix to upper Hessenberg form by Householder reflectors.</summary>
/// <remarks>
/// By panels, most of the work in matrix products: Quintana-Ortí and van de Geijn (2006), Improving the performance of reduction to Hessenberg form. Within a panel the matrix is Q'(A - Y V') with Q = I - V T V' and Y = A V T.
/// </remarks>
internal static unsafe class Hessenberg
{
    private const int Panel = 32;

    /// <summary>h (n x n, row-major) becomes its Hessenberg form Q'hQ, and zt, unless it is null, Q' (it must be zero before).</summary>
    internal static void Reduce<T>(T* h, int n, T* zt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] reflectors = LargePages.Zeros<T>(n * n), taus = new T[n], products = LargePages.Uninitialised<T>(2 * Panel * n), small = new T[Panel * (Panel + 3)], work = new T[2 * n];
        fixed (T* v = reflectors, y = products, t = small, b = work)
        {
            for (int first = 0; first < n - 2; first += Panel)
            {
                int end = Math.Min(first + Panel, n - 2), count = end - first;
                for (int c = first; c < end; c++) Column(h, n, first, c, v, y, t, b, taus);
                Update(h, n, first, end, v + (nint)first * n, y, t, y + (nint)Panel * n);
            }
            if (zt == null) return;
            if (n > 0) zt[0] = T.One;
            if (n > 1) BlockReflector<T>.Accumulate(v + 1, n, n - 1, taus.AsSpan(0, Math.Max(0, n - 2)), zt + n + 1, n, n - 1);
        }
    }

    /// <summary>Brings column c up to date, makes its reflector (row c of v), and appends to Y (as rows) and T.</summary>
    private static void Column<T>(T* h, int n, int first, int c, T* v, T* y, T* t, T* b, T[] taus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = c - first, size = n - c - 1;
        T* V = v + (nint)first * n, inner = t + Panel * Panel, scaled = inner + Panel;
        for (int i = 0; i < n; i++) b[i] = h[(nint)i * n + c];
        Vectors.AddCombination(-T.One, V + c, n, y, n, done, b, n);
        MatrixVector<T>.OfThread.Multiply(done, n - first - 1, T.One, V + first + 1, n, 1, b + first + 1, 1, inner, 1, adds: false);
        for (int i = 0; i < done; i++)
        {
            scaled[i] = T.Zero;
            for (int k = 0; k <= i; k++) scaled[i] += t[k * Panel + i] * inner[k];
        }
        Vectors.AddCombination(-T.One, scaled, 1, V + first + 1, n, done, b + first + 1, n - first - 1);
        T* x = v + (nint)c * n + c + 1;
        new Span<T>(b + c + 1, size).CopyTo(new Span<T>(x, size));
        (T tau, T beta) = Reflector.Make(x, size);
        taus[c] = tau;
        for (int i = 0; i <= c; i++) h[(nint)i * n + c] = b[i];
        h[(nint)(c + 1) * n + c] = beta;
        for (int i = c + 2; i < n; i++) h[(nint)i * n + c] = T.Zero;

        T* product = y + (nint)done * n;
        MatrixVector<T>.OfThread.Multiply(n, size, tau, h + c + 1, n, 1, x, 1, product, 1, adds: false);
        MatrixVector<T>.OfThread.Multiply(done, size, T.One, V + c + 1, n, 1, x, 1, inner, 1, adds: false);
        Vectors.AddCombination(-tau, inner, 1, y, n, done, product, n);
        for (int i = 0; i < done; i++)
        {
            T sum = T.Zero;
            for (int k = i; k < done; k++) sum += t[i * Panel + k] * inner[k];
            t[i * Panel + done] = -tau * sum;
        }
        t[done * Panel + done] = tau;
    }

    /// <summary>The columns from <paramref name="end"/> on become Q'(A - Y V').</summary>
    private static void Update<T>(T* h, int n, int first, int end, T* V, T* y, T* t, T* work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = end - first, columns = n - end, rows = n - first - 1;
        T* corner = h + (nint)(first + 1) * n + end;
        Gemm.Add(n, columns, count, -T.One, y, 1, n, V + end, n, 1, h + end, n);
        T[] scaled = LargePages.Uninitialised<T>(count * columns);
        fixed (T* s = scaled)
        {
            Gemm.Set(count, columns, rows, T.One, V + first + 1, n, 1, corner, n, 1, work, columns);
            for (int i = 0; i < count; i++)
                for (int k = i + 1; k < count; k++) t[k * Panel + i] = T.Zero;
            Gemm.Set(count, columns, count, T.One, t, 1, Panel, work, columns, 1, s, columns);
            Gemm.Add(rows, columns, count, -T.One, V + first + 1, 1, n, s, columns, 1, corner, n);
        }
    }
}
