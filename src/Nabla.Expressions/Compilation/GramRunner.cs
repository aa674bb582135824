using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Runs a symmetric product into scratch memory and stores it, both halves.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class GramRunner<T>(Workspace<T> workspace, GramStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SymmetricProduct<T> _product = new();

    /// <inheritdoc/>
    public override void Run()
    {
        T* weights = step.Weights is { } d ? At(d) : null;
        _product.Run(step.Size, step.Depth, T.CreateTruncating(step.Factor), At(step.X.Storage, step.X.Offset), (nint)step.X.Strides[0], (nint)step.X.Strides[1], weights, At(step.C, step.Offset), (nint)step.Row, step.Adds);
    }
}
