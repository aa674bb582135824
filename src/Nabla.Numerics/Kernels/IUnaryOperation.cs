using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A function of one entry, for one value and for a vector of values.</summary>
internal interface IUnaryOperation<T>
{
    static abstract T Invoke(T a);

    static abstract Vector<T> Invoke(Vector<T> a);
}
