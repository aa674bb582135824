using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The equation r + sum over i of z_i² / (p_i - x) = 0 with r above 0 and poles that rise; root j lies between the poles j and j + 1, the last one beyond the last pole.</summary>
/// <remarks>
/// Li (1993), Solving secular equations stably and efficiently (LAPACK working note 89): the origin is moved to the nearest pole, and both sides of the equation are interpolated by functions with the two nearest poles
/// (the middle way), kept in a bracket. The end is the bound on the rounding errors of Gu and Eisenstat (1994). The poles are d_i, or their squares: then all differences are products of differences and sums.
/// </remarks>
internal sealed unsafe class SecularEquation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Cap = 300;
    private readonly int count;
    private readonly T* d;
    private readonly T* squares;
    private readonly T constant;
    private readonly bool squared;
    private readonly T sum;

    /// <summary>The equation with the poles d (or d² where <paramref name="squared"/>), the numerators <paramref name="squares"/> and the constant r.</summary>
    internal SecularEquation(int count, T* d, T* squares, T constant, bool squared)
    {
        this.count = count;
        this.d = d;
        this.squares = squares;
        this.constant = constant;
        this.squared = squared;
        for (int i = 0; i < count; i++) sum += squares[i];
    }

    /// <summary>Finds root j as its distance from the pole <c>Origin</c>, and leaves p_i - x in <paramref name="gaps"/>.</summary>
    /// <exception cref="ConvergenceException">The bracket did not close in 300 steps.</exception>
    internal (int Origin, T Distance) Root(int j, T* gaps)
    {
        T half = Precision<T>.Number(0.5);
        bool last = j == count - 1;
        T width = last ? sum / constant : Gap(j + 1, j);
        int origin = j;
        Gaps(j, gaps);
        (T left, T right, _, _) = Sides(gaps, j, half * width);
        T value = constant + left + right;
        T low = T.Zero, high = width;
        if (last)
        {
            if (value < T.Zero) low = half * width;
        }
        else if (value >= T.Zero) high = half * width;
        else
        {
            origin = j + 1;
            (low, high) = (-half * width, T.Zero);
            Gaps(origin, gaps);
        }
        T x = last ? half * (low + high) : FirstGuess(j, width, value, origin != j);
        if (!(x > low && x < high)) x = half * (low + high);
        for (int step = 0; step < Cap; step++)
        {
            (left, right, T leftSlope, T rightSlope) = Sides(gaps, j, x);
            value = constant + left + right;
            if (T.Abs(value) <= Precision<T>.Epsilon * T.CreateTruncating(count) * (constant - left + right)) break;
            if (value < T.Zero) low = x;
            else high = x;
            T next = x + Step(value, leftSlope, rightSlope, gaps[j] - x, last ? T.Zero : gaps[j + 1] - x);
            // Steps that stay on one side for long are interrupted by bisection, in the exponent where the ends are far apart.
            if (!(next > low && next < high) || step % 8 == 7) next = Middle(low, high);
            if (next == x || !(next > low && next < high)) break;
            x = next;
            if (step == Cap - 1) throw new ConvergenceException($"Root {j + 1} of a secular equation with {count} poles was not found in {Cap} steps.");
        }
        Subtract(gaps, x, count);
        return (origin, x);
    }

    /// <summary>The difference of two poles.</summary>
    internal T Gap(int i, int k) => squared ? (d[i] - d[k]) * (d[i] + d[k]) : d[i] - d[k];

    /// <summary>
    /// The squares of the numerators for which the computed roots are exact: those of pole i are (x_i - p_i) times the product over j of (x_j - p_i) / (p_j - p_i), j other than i, times r.
    /// Row j of <paramref name="gaps"/> holds p_i - x_j. They make the vectors orthogonal to working precision.
    /// </summary>
    /// <remarks>Gu and Eisenstat (1994), A stable and efficient algorithm for the rank-one modification of the symmetric eigenproblem, equation (3.3). The factor r is left out.</remarks>
    internal void Numerators(T* gaps, T* result)
    {
        for (int i = 0; i < count; i++) result[i] = -gaps[(long)i * count + i];
        for (int j = 0; j < count; j++)
        {
            T* row = gaps + (long)j * count;
            Multiply(row, j, 0, j, result);
            Multiply(row, j, j + 1, count, result);
        }
    }

    private static T Middle(T low, T high)
    {
        T half = Precision<T>.Number(0.5), hundred = Precision<T>.Number(100);
        T small = T.Min(T.Abs(low), T.Abs(high)), large = T.Max(T.Abs(low), T.Abs(high));
        if (small == T.Zero) return large / hundred * T.CopySign(T.One, low + high);
        return large > hundred * small ? T.Sqrt(small) * T.Sqrt(large) * T.CopySign(T.One, low + high) : half * (low + high);
    }

    /// <summary>The root of the equation in which the terms of all but the two nearest poles keep their values of the middle.</summary>
    private T FirstGuess(int j, T width, T value, bool fromRight)
    {
        T two = T.One + T.One, near = squares[j], far = squares[j + 1], c = value + two * (near - far) / width;
        T a = (fromRight ? -c * width : c * width) + near + far, b = fromRight ? -far * width : near * width;
        return SmallerRoot(a, b, c);
    }

    /// <summary>The step of the middle way for a value with its slopes on both sides, between poles at these distances.</summary>
    private static T Step(T value, T leftSlope, T rightSlope, T toLeft, T toRight)
    {
        T c = value - toLeft * leftSlope - toRight * rightSlope;
        if (rightSlope == T.Zero) return value * toLeft / c;
        return SmallerRoot((toLeft + toRight) * value - toLeft * toRight * (leftSlope + rightSlope), toLeft * toRight * value, c);
    }

    /// <summary>(a - sqrt(a² - 4 b c)) / (2 c), a root of c x² - a x + b, without cancellation.</summary>
    private static T SmallerRoot(T a, T b, T c)
    {
        T two = T.One + T.One, root = T.Sqrt(T.Max(T.Zero, a * a - two * two * b * c));
        return a <= T.Zero ? (a - root) / (two * c) : two * b / (a + root);
    }

    private void Gaps(int origin, T* gaps)
    {
        T pole = d[origin];
        int i = 0;
        if (Vector<T>.IsSupported)
        {
            var p = new Vector<T>(pole);
            for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> v = Vector.Load(d + i), difference = v - p;
                (squared ? difference * (v + p) : difference).Store(gaps + i);
            }
        }
        for (; i < count; i++) gaps[i] = Gap(i, origin);
    }

    /// <summary>The sums over the poles up to j and over those behind it, and their derivatives.</summary>
    private (T Left, T Right, T LeftSlope, T RightSlope) Sides(T* gaps, int j, T x)
    {
        T* sums = stackalloc T[4];
        Terms(gaps, squares, j + 1, x, sums);
        Terms(gaps + j + 1, squares + j + 1, count - j - 1, x, sums + 2);
        return (sums[0], sums[2], sums[1], sums[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Terms(T* gaps, T* numerators, int n, T x, T* sums)
    {
        int i = 0;
        T value = T.Zero, slope = T.Zero;
        if (Vector<T>.IsSupported)
        {
            int w = Vector<T>.Count;
            Vector<T> at = new(x), v0 = default, v1 = default, s0 = default, s1 = default, one = new(T.One);
            for (; i <= n - 2 * w; i += 2 * w)
            {
                Vector<T> q0 = one / (Vector.Load(gaps + i) - at), q1 = one / (Vector.Load(gaps + i + w) - at);
                Vector<T> t0 = Vector.Load(numerators + i) * q0, t1 = Vector.Load(numerators + i + w) * q1;
                v0 += t0;
                v1 += t1;
                s0 = Vectors.MultiplyAdd(t0, q0, s0);
                s1 = Vectors.MultiplyAdd(t1, q1, s1);
            }
            (value, slope) = (Vector.Sum(v0 + v1), Vector.Sum(s0 + s1));
        }
        for (; i < n; i++)
        {
            T quotient = T.One / (gaps[i] - x), term = numerators[i] * quotient;
            value += term;
            slope += term * quotient;
        }
        (sums[0], sums[1]) = (value, slope);
    }

    private static void Subtract(T* gaps, T x, int n)
    {
        int i = 0;
        if (Vector<T>.IsSupported)
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count) (Vector.Load(gaps + i) - new Vector<T>(x)).Store(gaps + i);
        for (; i < n; i++) gaps[i] -= x;
    }

    /// <summary>Multiplies the results from <paramref name="from"/> to <paramref name="to"/> by (x_j - p_i) / (p_j - p_i).</summary>
    private void Multiply(T* row, int j, int from, int to, T* result)
    {
        int i = from;
        T pole = d[j];
        if (Vector<T>.IsSupported)
        {
            var p = new Vector<T>(pole);
            for (; i <= to - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> v = Vector.Load(d + i), gap = squared ? (v - p) * (v + p) : v - p;
                (Vector.Load(result + i) * (Vector.Load(row + i) / gap)).Store(result + i);
            }
        }
        for (; i < to; i++) result[i] *= row[i] / Gap(i, j);
    }
}
