using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Householder reflectors H = I - tau v v' with v[0] = 1, and plane rotations.</summary>
internal static unsafe class Reflector
{
    /// <summary>Turns x into v and returns tau and beta, so that H x = beta e_1. A vector that is a multiple of e_1 already has tau 0.</summary>
    internal static (T Tau, T Beta) Make<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n == 0) return (T.Zero, T.Zero);
        T alpha = x[0], squares = n <= 3 ? T.Zero : Vectors.Dot(x + 1, x + 1, n - 1);
        for (int k = 1; k < n && n <= 3; k++) squares += x[k] * x[k];
        T all = alpha * alpha + squares;
        if (!(squares > Precision<T>.SafeSquare && all < T.One / Precision<T>.SafeSquare)) return MakeRare(x, n);
        T beta = -T.CopySign(T.Sqrt(all), alpha), inverse = T.One / (alpha - beta);
        x[0] = T.One;
        if (n > 3) Vectors.Scale(inverse, x + 1, n - 1);
        for (int k = 1; k < n && n <= 3; k++) x[k] *= inverse;
        return ((beta - alpha) / beta, beta);
    }

    /// <summary>As <see cref="Make"/>, where the squares might overflow or underflow.</summary>
    private static (T Tau, T Beta) MakeRare<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T alpha = x[0], rest = Vectors.Norm2(x + 1, n - 1);
        x[0] = T.One;
        if (rest == T.Zero) return (T.Zero, alpha);
        T beta = -T.CopySign(T.Hypot(alpha, rest), alpha);
        T size = T.Abs(beta);
        if (size < Precision<T>.SafeMinimum / Precision<T>.Epsilon)
        {
            int exponent = -T.ILogB(size);
            for (int k = 1; k < n; k++) x[k] = T.ScaleB(x[k], exponent);
            alpha = T.ScaleB(alpha, exponent);
            T scaled = -T.CopySign(T.Hypot(alpha, Vectors.Norm2(x + 1, n - 1)), alpha);
            Vectors.Scale(T.One / (alpha - scaled), x + 1, n - 1);
            return ((scaled - alpha) / scaled, T.ScaleB(scaled, -exponent));
        }
        T divisor = alpha - beta;
        Vectors.Scale(T.One / divisor, x + 1, n - 1);
        return ((beta - alpha) / beta, beta);
    }

    /// <summary>A becomes H A for A of rows x columns, row-major; work holds columns entries.</summary>
    internal static void ApplyLeft<T>(T* v, T tau, T* A, nint stride, int rows, int columns, T* work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tau == T.Zero || columns == 0) return;
        new Span<T>(work, columns).Clear();
        for (int i = 0; i < rows; i++) Vectors.Axpy(v[i], A + i * stride, work, columns);
        for (int i = 0; i < rows; i++) Vectors.Axpy(-tau * v[i], work, A + i * stride, columns);
    }

    /// <summary>A becomes A H for A of rows x columns, row-major.</summary>
    internal static void ApplyRight<T>(T* v, T tau, T* A, nint stride, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tau == T.Zero) return;
        for (int i = 0; i < rows; i++)
        {
            T* row = A + i * stride;
            Vectors.Axpy(-tau * Vectors.Dot(row, v, columns), v, row, columns);
        }
    }

    /// <summary>The rotation with c f + s g = r and c g - s f = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T C, T S, T R) Rotation<T>(T f, T g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T squares = f * f + g * g;
        if (!(squares > Precision<T>.SafeSquare && squares < T.One / Precision<T>.SafeSquare) || g == T.Zero) return RareRotation(f, g);
        T r = T.Sqrt(squares);
        return (f / r, g / r, r);
    }

    private static (T C, T S, T R) RareRotation<T>(T f, T g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g == T.Zero) return (T.One, T.Zero, f);
        if (f == T.Zero) return (T.Zero, T.One, g);
        T r = T.Hypot(f, g);
        if (r < Precision<T>.SafeMinimum / Precision<T>.Epsilon)
        {
            int exponent = -T.ILogB(r);
            (T c, T s, T scaled) = Rotation(T.ScaleB(f, exponent), T.ScaleB(g, exponent));
            return (c, s, T.ScaleB(scaled, -exponent));
        }
        return (f / r, g / r, r);
    }
}
