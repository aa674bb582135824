using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Packs a strided matrix into a panel of a fixed number of lanes: entry (lane l, step p) goes to place p * width + l.</summary>
internal static unsafe class Panels
{
    /// <summary>Packs one panel; lanes beyond <paramref name="lanes"/> are filled with zeros.</summary>
    internal static void Pack<T>(T* source, nint lane, nint step, int lanes, int steps, int width, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (lanes < width) PackPart(source, lane, step, lanes, steps, width, packed);
        else if (lane == 1) Copy(source, step, steps, width, packed);
        else if (step == 1 && typeof(T) == typeof(double) && Avx.IsSupported) Transpose((double*)source, lane, steps, width, (double*)packed);
        else if (step == 1 && typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated) Transpose((float*)source, lane, steps, width, (float*)packed);
        else PackPart(source, lane, step, lanes, steps, width, packed);
    }

    private static void PackPart<T>(T* source, nint lane, nint step, int lanes, int steps, int width, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (lanes < width) new Span<T>(packed, steps * width).Clear();
        for (int l = 0; l < lanes; l++)
        {
            T* from = source + l * lane, to = packed + l;
            for (int p = 0; p < steps; p++)
            {
                *to = *from;
                from += step;
                to += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(T* source, nint step, int steps, int width, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int bytes = width * sizeof(T);
        for (int p = 0; p < steps; p++)
        {
            byte* from = (byte*)(source + p * step), to = (byte*)(packed + (nint)p * width);
            int k = 0;
            for (; k <= bytes - 32; k += 32) Vector256.Load(from + k).Store(to + k);
            for (; k <= bytes - 16; k += 16) Vector128.Load(from + k).Store(to + k);
            for (; k < bytes; k++) to[k] = from[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(double* source, nint lane, int steps, int width, double* packed)
    {
        for (int l = 0; l < width; l += 4)
        {
            double* r0 = source + l * lane, r1 = r0 + lane, r2 = r1 + lane, r3 = r2 + lane, to = packed + l;
            int p = 0;
            for (; p <= steps - 4; p += 4)
            {
                Vector256<double> a = Vector256.Load(r0 + p), b = Vector256.Load(r1 + p), c = Vector256.Load(r2 + p), d = Vector256.Load(r3 + p);
                Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
                Avx.Permute2x128(ab0, cd0, 0x20).Store(to);
                Avx.Permute2x128(ab1, cd1, 0x20).Store(to + width);
                Avx.Permute2x128(ab0, cd0, 0x31).Store(to + 2 * width);
                Avx.Permute2x128(ab1, cd1, 0x31).Store(to + 3 * width);
                to += 4 * width;
            }
            for (; p < steps; p++, to += width) (to[0], to[1], to[2], to[3]) = (r0[p], r1[p], r2[p], r3[p]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint lane, int steps, int width, float* packed)
    {
        for (int l = 0; l < width; l += 4)
        {
            float* r0 = source + l * lane, r1 = r0 + lane, r2 = r1 + lane, r3 = r2 + lane, to = packed + l;
            int p = 0;
            for (; Sse.IsSupported && p <= steps - 4; p += 4)
            {
                Vector128<float> a = Vector128.Load(r0 + p), b = Vector128.Load(r1 + p), c = Vector128.Load(r2 + p), d = Vector128.Load(r3 + p);
                Vector128<float> ab0 = Sse.UnpackLow(a, b), ab1 = Sse.UnpackHigh(a, b), cd0 = Sse.UnpackLow(c, d), cd1 = Sse.UnpackHigh(c, d);
                Sse.MoveLowToHigh(ab0, cd0).Store(to);
                Sse.MoveHighToLow(cd0, ab0).Store(to + width);
                Sse.MoveLowToHigh(ab1, cd1).Store(to + 2 * width);
                Sse.MoveHighToLow(cd1, ab1).Store(to + 3 * width);
                to += 4 * width;
            }
            for (; p < steps; p++, to += width) (to[0], to[1], to[2], to[3]) = (r0[p], r1[p], r2[p], r3[p]);
        }
    }
}
