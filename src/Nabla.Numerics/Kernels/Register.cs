using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The register of the width that <see cref="Vector{T}"/> has on this processor.</summary>
/// <param name="value">The entries.</param>
/// <typeparam name="T">The type of the entries.</typeparam>
internal readonly unsafe struct Register<T>(Vector<T> value) : IRegister<Register<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector<T> _value = value;

    public static int Count => Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> operator +(Register<T> a, Register<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> operator *(Register<T> a, Register<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> operator &(Register<T> a, Register<T> b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> Of(T value) => new(new Vector<T>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> Load(T* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> Last(int count) => new(Vector.GreaterThanOrEqual(Vector<T>.Indices, Vector.Create(T.CreateTruncating(Vector<T>.Count - count))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register<T> MultiplyAdd(Register<T> a, Register<T> b, Register<T> c) => new(Vectors.MultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Register<T> a) => Vector.Sum(a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target) => _value.Store(target);
}
