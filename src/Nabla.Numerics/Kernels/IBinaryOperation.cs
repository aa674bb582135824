using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A function of two entries, for one pair and for a vector of pairs.</summary>
internal interface IBinaryOperation<T>
{
    static abstract T Invoke(T a, T b);

    static abstract Vector<T> Invoke(Vector<T> a, Vector<T> b);
}
