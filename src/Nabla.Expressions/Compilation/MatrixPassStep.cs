namespace Nabla.Expressions.Compilation;

/// <summary>Several products of one matrix with vectors, and what is made of them row by row, in one pass over the matrix.</summary>
/// <param name="members">The steps, in order: products and chains of element-wise operations.</param>
internal sealed class MatrixPassStep(IReadOnlyList<Step> members) : Step
{
    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<Step> Members => members;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => members.SelectMany(m => m.Inputs);

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => members.SelectMany(m => m.Outputs);

    /// <inheritdoc/>
    public override double Operations => members.Sum(m => m.Operations);

    /// <inheritdoc/>
    public override double Traffic
    {
        get
        {
            var products = members.Select(MatrixVectorProduct.Of).OfType<MatrixVectorProduct>().ToArray();
            return members.Sum(m => m.Traffic) - (products.Length - 1.0) * products[0].Rows * products[0].Columns;
        }
    }

    /// <inheritdoc/>
    public override string Description => $"in one pass over the matrix: {string.Join("; ", members.Select(m => m.Description))}";

    /// <inheritdoc/>
    public override long HeldEntries<T>() => members.Select(MatrixVectorProduct.Of).OfType<MatrixVectorProduct>().Where(p => p.IsTransposed).Sum(p => (long)p.Columns * MatrixPassRunner<T>.PartsOf(p.Rows));

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new MatrixPassRunner<T>(workspace, this);
}
