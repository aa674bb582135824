using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>A function of doubles, a vector at a time.</summary>
internal interface IVectorFunction
{
    /// <summary>Whether the function has a form for <see cref="Lanes512"/>.</summary>
    static virtual bool IsWide => false;

    static abstract Vector<double> Invoke(Vector<double> x);

    /// <summary>The function of eight numbers; called only where <see cref="IsWide"/> and <see cref="Lanes512.IsSupported"/>.</summary>
    static virtual Vector512<double> Invoke(Vector512<double> x) => throw new NotSupportedException("The function has no form for 512 bits.");
}
