using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.Vector512;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Nabla.Numerics;

/// <remarks>Each table has 16 numbers, of which the last four bits of a place choose one.</remarks>
internal static partial class TableMath
{
    /// <summary>2^(j/16) for the place j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power(Vector512<long> place) => Avx512F.PermuteVar8x64x2(
        Create(1.0, 1.0442737824274138, 1.0905077326652577, 1.1387886347566916, 1.189207115002721, 1.241857812073484, 1.2968395546510096, 1.3542555469368927),
        place,
        Create(1.4142135623730951, 1.4768261459394993, 1.5422108254079407, 1.6104903319492543, 1.681792830507429, 1.7562521603732995, 1.8340080864093424, 1.9152065613971474));

    /// <summary>What <see cref="Power"/> lost by rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerRest(Vector512<long> place) => Avx512F.PermuteVar8x64x2(
        Create(0.0, 8.551889705537965e-17, -3.046782079812471e-17, 8.912812676025408e-17, 3.982015231465646e-17, 4.658027591836937e-17, 2.5382502794888315e-17, 7.70094837980299e-17),
        place,
        Create(-9.667293313452913e-17, -3.483994556892796e-17, 7.949834809697621e-17, 2.4707192569797888e-17, 8.199010020581497e-17, 2.960140695448873e-17, 3.283107224245627e-17, -1.0619946056195963e-16));

    /// <summary>A short number c near the inverse of the middle of a sixteenth of [1, 2), but 1 for the first and 1/2 for the last, so that logarithms beside 0 keep their digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inverse(Vector512<long> place) => Avx512F.PermuteVar8x64x2(
        Create(1.0, 0.914306640625, 0.86474609375, 0.820556640625, 0.780517578125, 0.744140625, 0.711181640625, 0.680908203125),
        place,
        Create(0.653076171875, 0.62744140625, 0.603759765625, 0.581787109375, 0.5615234375, 0.54248046875, 0.524658203125, 0.5));

    /// <summary>The multiple of 2^-42 nearest to log(1/c) for the <see cref="Inverse"/> c; the last one is <see cref="Ln2High"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Logarithm(Vector512<long> place) => Avx512F.PermuteVar8x64x2(
        Create(0.0, 0.08958927076810141, 0.14531934837646077, 0.1977723389941275, 0.2477980176595338, 0.29552524991277096, 0.3408274097598678, 0.38432777909179094),
        place,
        Create(0.4260615073892495, 0.4661049888300113, 0.5045788991978952, 0.5416506896206101, 0.577101764802137, 0.611603196519809, 0.6450082700769144, Ln2High));

    /// <summary>What <see cref="Logarithm"/> lacks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogarithmRest(Vector512<long> place) => Avx512F.PermuteVar8x64x2(
        Create(0.0, -7.755443647458838e-14, 1.0409731215117122e-13, 1.1055606065210447e-13, -3.153298487095793e-14, 3.586053092023274e-14, 4.130494640697055e-14, 6.381559927868659e-14),
        place,
        Create(-1.2736976791311045e-14, 6.695084913142671e-14, 3.228267010864349e-14, -8.547163684920411e-15, -3.4386369075684227e-14, -4.0580607620980494e-14, -8.1159645573223e-14, Ln2Low));
}
