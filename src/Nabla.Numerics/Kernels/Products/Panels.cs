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
        if (lanes < width) new Span<T>(packed, steps * width).Clear();
        if (step == 1) Transposition.Copy(source, lane, lanes, steps, packed, width);
        else if (lane == 1) Copy(source, step, steps, lanes, packed, width);
        else
        {
            for (int l = 0; l < lanes; l++)
                for (int p = 0; p < steps; p++) packed[p * width + l] = source[l * lane + p * step];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(T* source, nint step, int steps, int lanes, T* packed, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int bytes = lanes * sizeof(T);
        for (int p = 0; p < steps; p++)
        {
            byte* from = (byte*)(source + p * step), to = (byte*)(packed + (nint)p * width);
            int k = 0;

            // The next panel is likely to come soon, and its rows lie far apart.
            if (Sse.IsSupported)
                for (int ahead = 0; ahead < bytes; ahead += 64) Sse.Prefetch1(from + bytes + ahead);
            for (; k <= bytes - 32; k += 32) Vector256.Load(from + k).Store(to + k);
            for (; k <= bytes - 16; k += 16) Vector128.Load(from + k).Store(to + k);
            for (; k < bytes; k++) to[k] = from[k];
        }
    }
}
