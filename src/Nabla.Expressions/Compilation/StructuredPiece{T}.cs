using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>A product with a derivative or a part of it, with its values: what does not depend on the vector is computed once for a point.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="compiled">The results.</param>
/// <param name="vector">The name of the vector.</param>
internal sealed class StructuredPiece<T>(Compiled compiled, string vector)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Evaluation<T> _evaluation = new(new(compiled));
    private bool _isComputed;

    /// <summary>The results.</summary>
    public Compiled Compiled => compiled;

    /// <summary>Sets a value of the point.</summary>
    public void Set(string name, NDArray<T> value)
    {
        _isComputed = false;
        _evaluation.Set(name, value);
    }

    /// <summary>The product with a vector.</summary>
    public NDArray<T> Result(NDArray<T> v)
    {
        _evaluation.Set(vector, v);
        Run();
        return _evaluation.ToArray(0);
    }

    /// <summary>The product with a vector, in given memory.</summary>
    public void Result(ReadOnlySpan<T> v, ReadOnlySpan<int> shape, Span<T> product)
    {
        _evaluation.Set(vector, v, shape);
        Run();
        _evaluation.Result(0).CopyTo(product);
    }

    /// <summary>A part, which is computed once for a point.</summary>
    public NDArray<T> Result(int output = 0)
    {
        if (!_isComputed) _evaluation.Run();
        _isComputed = true;
        return _evaluation.ToArray(output);
    }

    private void Run()
    {
        if (_isComputed) _evaluation.RunVarying();
        else _evaluation.Run();
        _isComputed = true;
    }
}
