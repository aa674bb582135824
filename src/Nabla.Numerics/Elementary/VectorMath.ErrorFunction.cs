using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static partial class VectorMath
{
    /// <summary>The error function: 2 / sqrt(pi) times the integral of e^(-t²) from 0 to x.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<double> Erf(Vector<double> x)
    {
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, ErrorFunction.Of(x[k]));
        return x;
    }
}
