using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of a small symmetric tridiagonal matrix, all of them side by side: Laguerre's iteration on the characteristic polynomial, within brackets from Sturm's counts.</summary>
/// <remarks>
/// A step is one pass down the recurrence of the polynomial and its first two derivatives, all multiply-adds, and then one root and one quotient; the QL iteration waits for two quotients at every entry of every step.
/// The sign changes down the recurrence are as many as the eigenvalues below. Beside its eigenvalue, and nearer to it than to the one on the other side, Laguerre's iteration converges to it, cubically in the end;
/// elsewhere the bracket is divided. Wilkinson (1965), The Algebraic Eigenvalue Problem, chapters 5 and 7; Parlett (1964), Laguerre's method applied to the matrix eigenvalue problem.
/// </remarks>
internal static unsafe class LaguerreIteration
{
    internal const int LargestOrder = 16;
    private const int Cap = 40;
    private const double Epsilon = 1.1102230246251565e-16;

    /// <summary>
    /// The diagonal d becomes the eigenvalues, ascending up to rounding.
    /// False, and d is as before, where an entry beside the diagonal, whose squares are given, is negligible, or the iteration reached its cap.
    /// </summary>
    [SkipLocalsInit]
    internal static bool TryFind(int n, double* d, double* squares)
    {
        (double left, double right, double smallest) = Bounds(n, d, squares);
        double size = Math.Max(Math.Abs(left), Math.Abs(right)), tolerance = 8 * Epsilon * size;
        if (!(smallest > 4 * Epsilon * Epsilon * size * size)) return false;
        int w = Vector<double>.Count, count = (n + w - 1) / w;
        Brackets* brackets = stackalloc Brackets[count];
        double* counts = stackalloc double[2 * count * w + 2], x = counts + count * w + 1;
        for (int v = 0; v < count; v++)
        {
            // The lanes that are left over seek the largest eigenvalue too.
            Vector<double> place = Vector.MinNative(Vector<double>.Indices + new Vector<double>(v * w), new Vector<double>(n - 1));
            brackets[v] = new Brackets { Place = place, Low = new(left - tolerance), High = new(right + tolerance), Above = new(n) };
            brackets[v].X = new Vector<double>(left) + new Vector<double>((right - left) / n) * (place + new Vector<double>(0.5));
        }
        for (int step = 0; step < Cap; step++)
        {
            Vector<long> areNear = Vector<long>.AllBitsSet, areDone = areNear;
            for (int v = 0; v < count; v++)
            {
                Evaluate(n, d, squares, ref brackets[v]);
                areNear &= Vector.AsVectorInt64(brackets[v].IsNear);
            }
            if (!Vector.EqualsAll(areNear, Vector<long>.AllBitsSet)) Share(n, count, brackets, x, counts);
            for (int v = 0; v < count; v++)
            {
                ref Brackets b = ref brackets[v];
                b.IsGood = b.IsNear & Vector.GreaterThanOrEqual<double>(b.Next, b.Low) & Vector.LessThanOrEqual<double>(b.Next, b.High);
                b.Next.Store(x + v * w);
            }
            (x[-1], x[n]) = (double.NegativeInfinity, double.PositiveInfinity);
            for (int v = 0; v < count; v++) areDone &= Vector.AsVectorInt64(Advance(ref brackets[v], x + v * w, size, tolerance));
            if (!Vector.EqualsAll(areDone, Vector<long>.AllBitsSet)) continue;
            for (int i = 0; i < n; i++) d[i] = brackets[i / w].X[i % w];
            return true;
        }
        return false;
    }

    /// <summary>Bounds of the eigenvalues (Gershgorin), and the smallest square.</summary>
    private static (double Left, double Right, double Smallest) Bounds(int n, double* d, double* squares)
    {
        double left = double.PositiveInfinity, right = double.NegativeInfinity, smallest = double.PositiveInfinity, before = 0;
        for (int i = 0; i < n; i++)
        {
            double after = i < n - 1 ? Math.Sqrt(squares[i]) : 0;
            left = Math.Min(left, d[i] - before - after);
            right = Math.Max(right, d[i] + before + after);
            if (i < n - 1) smallest = Math.Min(smallest, squares[i]);
            before = after;
        }
        return (left, right, smallest);
    }

    /// <summary>Counts the eigenvalues below x, narrows the brackets by that, and finds Laguerre's step and whether it leads to the eigenvalue that is sought.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(int n, double* d, double* squares, ref Brackets b)
    {
        Vector<double> zero = default, one = Vector<double>.One, x = b.X;
        // The polynomial p, its derivative q and half of its second derivative r, of the leading blocks of T - x I.
        Vector<double> pBefore = one, p = new Vector<double>(d[0]) - x, qBefore = zero, q = -one, rBefore = zero, r = zero;
        Vector<double> isNegative = Vector.LessThan<double>(p, zero), count = isNegative & one;
        for (int k = 1; k < n; k++)
        {
            Vector<double> square = new(-squares[k - 1]), difference = new Vector<double>(d[k]) - x;
            Vector<double> pNext = Vector.FusedMultiplyAdd(difference, p, square * pBefore);
            Vector<double> qNext = Vector.FusedMultiplyAdd(difference, q, Vector.FusedMultiplyAdd(square, qBefore, -p));
            Vector<double> rNext = Vector.FusedMultiplyAdd(difference, r, Vector.FusedMultiplyAdd(square, rBefore, -q));
            (pBefore, p, qBefore, q, rBefore, r) = (p, pNext, q, qNext, r, rNext);
            Vector<double> sign = Vector.LessThan<double>(p, zero);
            count += (sign ^ isNegative) & one;
            isNegative = sign;
        }
        Vector<double> minus = new(-0.0), slope = q ^ (p & minus), all = new(n), others = new(n - 1);
        Vector<double> root = Vector.SquareRoot(others * Vector.MaxNative(zero, others * q * q - (all + all) * r * p));
        Vector<double> more = count - b.Place, step = all * Vector.Abs(p) / (root + Vector.Abs(q));
        // To the right where the polynomial falls towards zero, else to the left.
        b.Next = x + (step ^ Vector.AndNot(minus, slope));
        b.IsNear = (Vector.Equals<double>(more, zero) & Vector.LessThan<double>(slope, zero)) | (Vector.Equals<double>(more, one) & Vector.GreaterThan<double>(slope, zero));
        b.Count = count;
        Narrow(x, count, b.Place, ref b.Low, ref b.High, ref b.Below, ref b.Above);
    }

    /// <summary>What was found at one place narrows the brackets of all.</summary>
    private static void Share(int n, int count, Brackets* brackets, double* x, double* counts)
    {
        int w = Vector<double>.Count;
        for (int v = 0; v < count; v++)
        {
            brackets[v].X.Store(x + v * w);
            brackets[v].Count.Store(counts + v * w);
        }
        for (int v = 0; v < count; v++)
        {
            Vector<double> place = brackets[v].Place, low = brackets[v].Low, high = brackets[v].High, below = brackets[v].Below, above = brackets[v].Above;
            for (int j = 0; j < n; j++) Narrow(new(x[j]), new(counts[j]), place, ref low, ref high, ref below, ref above);
            (brackets[v].Low, brackets[v].High, brackets[v].Below, brackets[v].Above) = (low, high, below, above);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow(Vector<double> x, Vector<double> count, Vector<double> place, ref Vector<double> low, ref Vector<double> high, ref Vector<double> below, ref Vector<double> above)
    {
        Vector<double> isUnder = Vector.LessThanOrEqual<double>(count, place);
        Vector<double> raises = isUnder & Vector.GreaterThan<double>(x, low), lowers = Vector.AndNot(Vector.LessThan<double>(x, high), isUnder);
        low = Vector.ConditionalSelect<double>(raises, x, low);
        below = Vector.ConditionalSelect<double>(raises, count, below);
        high = Vector.ConditionalSelect<double>(lowers, x, high);
        above = Vector.ConditionalSelect<double>(lowers, count, above);
    }

    /// <summary>Moves to the next place, and says which lanes have arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Advance(ref Brackets b, double* next, double size, double tolerance)
    {
        Vector<double> bound = new(tolerance), width = b.High - b.Low, move = Vector.Abs(b.Next - b.X);
        Vector<double> apart = b.Low + width * ((b.Place - b.Below + new Vector<double>(0.5)) / Vector.MaxNative(Vector<double>.One, b.Above - b.Below));
        // The error after the step is that before, to the third power, over the square of the gap: it need not be seen where the gap is wide.
        Vector<double> gap = Vector.MinNative(b.Next - Vector.Load(next - 1), Vector.Load(next + 1) - b.Next), small = move * move * move * new Vector<double>(256);
        Vector<double> isSure = Vector.GreaterThan<double>(gap, new(0.01 * size)) & Vector.LessThan<double>(small, new(1e-4 * tolerance * size * size));
        Vector<double> isDone = (b.IsGood & (isSure | Vector.LessThanOrEqual<double>(move, bound))) | Vector.LessThanOrEqual<double>(width, bound);
        b.X = Vector.ConditionalSelect<double>(b.IsGood, b.Next, apart);
        return isDone;
    }

    /// <summary>Some eigenvalues: where each is sought, in which bracket, and how many eigenvalues are below its ends.</summary>
    private struct Brackets
    {
        public Vector<double> Place, X, Low, High, Below, Above, Count, Next, IsNear, IsGood;
    }
}
