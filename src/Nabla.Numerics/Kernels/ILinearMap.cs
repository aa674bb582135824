using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A linear map of which only products with vectors are known, and those with its transpose.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal interface ILinearMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows and columns.</summary>
    int Order { get; }

    /// <summary>x becomes M x.</summary>
    void Apply(Span<T> x);

    /// <summary>x becomes M' x.</summary>
    void ApplyTransposed(Span<T> x);
}
