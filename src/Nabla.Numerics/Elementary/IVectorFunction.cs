using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A function of doubles, a vector at a time.</summary>
internal interface IVectorFunction
{
    static abstract Vector<double> Invoke(Vector<double> x);
}
