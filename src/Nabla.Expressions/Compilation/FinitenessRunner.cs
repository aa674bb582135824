using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Looks through values for one that is not finite.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class FinitenessRunner<T>(Workspace<T> workspace, FinitenessStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Run()
    {
        T* x = At(step.View);
        if (!Vectors.AreFinite(x, step.View.Count)) throw NotFinite(x, step.View.Count, step.Name);
    }
}
