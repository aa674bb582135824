using System.Numerics;

namespace Nabla.Numerics;

/// <summary>What a pass over the entries of up to two arrays computes at place k, with a number c: for one place and for a vector of places.</summary>
internal unsafe interface IEntryForm<T>
    where T : unmanaged
{
    static abstract T At(T* a, T* b, T c, nint k);

    static abstract Vector<T> At(T* a, T* b, Vector<T> c, nint k);
}
