using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>The library OpenBLAS, found by name at run time and used only when asked for: matrix products, symmetric eigenvalues and singular values in double then go there.</summary>
/// <remarks>Its threads are set to one unless <see cref="Parallelism.Threads"/> is larger. Results agree with the managed kernels up to rounding, and may depend on the number of threads.</remarks>
public static unsafe class OpenBlas
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transposed = 112;
    private static readonly string[] Names = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "libopenblas.dll", "openblas"];
    private static readonly Lazy<Library?> Found = new(Find);
    private static bool enabled;

    /// <summary>Whether the library is on this machine with all that is needed of it.</summary>
    public static bool IsAvailable => Found.Value is not null;

    /// <summary>Whether the kernels of the library are in use. False until it is set.</summary>
    /// <exception cref="DllNotFoundException">It is set to true, but the library is not on this machine.</exception>
    public static bool Enabled
    {
        get => enabled;
        set
        {
            if (value && !IsAvailable) throw new DllNotFoundException($"OpenBLAS was asked for, but none of {string.Join(", ", Names)} can be loaded.");
            enabled = value;
        }
    }

    /// <summary>Which kernels are in use and why, in a sentence.</summary>
    public static string Description => !IsAvailable ? "managed kernels: OpenBLAS is not on this machine"
        : enabled ? $"OpenBLAS ({Found.Value!.Name}), as asked" : $"managed kernels: OpenBLAS ({Found.Value!.Name}) is there, but was not asked for";

    /// <summary>C = alpha A B or C += alpha A B where the strides allow; false where they do not.</summary>
    internal static bool TryMultiply(int m, int n, int k, double alpha, double* A, nint aRow, nint aColumn, double* B, nint bRow, nint bColumn, double* C, nint cRow, bool add)
    {
        if (!enabled || !Layout(aRow, aColumn, m, k, out int ta, out int lda) || !Layout(bRow, bColumn, k, n, out int tb, out int ldb) || cRow < n) return false;
        Library library = Found.Value!;
        library.SetThreads(Parallelism.Threads);
        library.Multiply(RowMajor, ta, tb, m, n, k, alpha, A, lda, B, ldb, add ? 1 : 0, C, (int)cRow);
        return true;
    }

    /// <summary>The eigenvalues of a symmetric a (n x n), which becomes the eigenvectors as rows when they are wanted; false when the library is not in use.</summary>
    internal static bool TrySymmetricEigen(int n, double* a, double* values, bool withVectors)
    {
        if (!enabled || n == 0) return false;
        Library library = Found.Value!;
        library.SetThreads(Parallelism.Threads);
        byte job = (byte)(withVectors ? 'V' : 'N'), triangle = (byte)'L';
        int query = -1, integers, status;
        double doubles;
        library.SymmetricEigen(&job, &triangle, &n, a, &n, values, &doubles, &query, &integers, &query, &status, 1, 1);
        int doubleCount = (int)doubles, integerCount = integers;
        double[] work = new double[doubleCount];
        int[] integerWork = new int[integerCount];
        fixed (double* w = work)
        fixed (int* iw = integerWork) library.SymmetricEigen(&job, &triangle, &n, a, &n, values, w, &doubleCount, iw, &integerCount, &status, 1, 1);
        if (status != 0) throw new ConvergenceException($"OpenBLAS found no eigenvalues of a {n} x {n} matrix: dsyevd ended with {status}.");
        return true;
    }

    /// <summary>The singular values of the row-major a (m x n, overwritten), with ut (r x m) and vt (r x n) as rows for r = min(m, n); false when the library is not in use.</summary>
    internal static bool TrySingularValues(int m, int n, double* a, double* values, double* ut, double* vt)
    {
        if (!enabled || m == 0 || n == 0) return false;
        Library library = Found.Value!;
        library.SetThreads(Parallelism.Threads);

        // Seen in column-major order the matrix is its transpose, V diag(s) U': its left factor is stored as V', its right one as U.
        int r = Math.Min(m, n), query = -1, status;
        bool withVectors = ut != null;
        byte job = (byte)(withVectors ? 'S' : 'N');
        double[] u = new double[withVectors ? (long)r * m : 1];
        int[] integers = new int[8 * r];
        double size;
        fixed (double* pu = u)
        fixed (int* iw = integers)
        {
            double* pv = withVectors ? vt : pu;
            library.SingularValues(&job, &n, &m, a, &n, values, pv, &n, pu, &r, &size, &query, iw, &status, 1);
            int count = (int)size;
            double[] work = new double[count];
            fixed (double* w = work) library.SingularValues(&job, &n, &m, a, &n, values, pv, &n, pu, &r, w, &count, iw, &status, 1);
        }
        if (status != 0) throw new ConvergenceException($"OpenBLAS found no singular values of a {m} x {n} matrix: dgesdd ended with {status}.");
        if (withVectors) Transposition.Of(u, m, r).CopyTo(new Span<double>(ut, r * m));
        return true;
    }

    private static bool Layout(nint row, nint column, int rows, int columns, out int transposed, out int leading)
    {
        (transposed, leading) = (NoTranspose, 0);
        if (column == 1 && row >= Math.Max(columns, 1)) leading = (int)row;
        else if (row == 1 && column >= Math.Max(rows, 1)) (transposed, leading) = (Transposed, (int)column);
        else return false;
        return true;
    }

    private static Library? Find()
    {
        if (sizeof(nint) != 8) return null;
        foreach (string name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out nint handle)) continue;
            if (NativeLibrary.TryGetExport(handle, "cblas_dgemm", out nint multiply) && NativeLibrary.TryGetExport(handle, "openblas_set_num_threads", out nint threads)
                && NativeLibrary.TryGetExport(handle, "dsyevd_", out nint symmetric) && NativeLibrary.TryGetExport(handle, "dgesdd_", out nint singular))
                return new Library(name, multiply, threads, symmetric, singular);
            NativeLibrary.Free(handle);
        }
        return null;
    }

    /// <summary>The loaded library: its name and its functions.</summary>
    private sealed class Library(string name, nint multiply, nint threads, nint symmetric, nint singular)
    {
        private int current = -1;

        internal string Name => name;

        internal delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> Multiply =>
            (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)multiply;

        internal delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void> SymmetricEigen =>
            (delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void>)symmetric;

        internal delegate* unmanaged<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void> SingularValues =>
            (delegate* unmanaged<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void>)singular;

        [MethodImpl(MethodImplOptions.Synchronized)]
        internal void SetThreads(int count)
        {
            if (current == count) return;
            ((delegate* unmanaged<int, void>)threads)(count);
            current = count;
        }
    }
}
