using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>A matrix product C = factor A B, or C += factor A B, for every index of outer loops. Transposes are strides.</summary>
/// <param name="rows">The rows of A and C.</param>
/// <param name="columns">The columns of B and C.</param>
/// <param name="depth">The columns of A and rows of B.</param>
/// <param name="a">A: storage, offset and the distances along rows, columns and the outer loops.</param>
/// <param name="b">B, in the same way.</param>
/// <param name="c">C, in the same way.</param>
/// <param name="outer">The sizes of the outer loops.</param>
/// <param name="factor">The factor.</param>
/// <param name="adds">Whether the product is added to what C holds.</param>
internal sealed class ProductStep(int rows, int columns, int depth, Read a, Read b, Read c, int[] outer, double factor, bool adds) : Step
{
    /// <summary>The rows of A and C.</summary>
    public int Rows => rows;

    /// <summary>The columns of B and C.</summary>
    public int Columns => columns;

    /// <summary>The columns of A and rows of B.</summary>
    public int Depth => depth;

    /// <summary>A; its first two distances are those of rows and columns, the others those of the outer loops.</summary>
    public Read A => a;

    /// <summary>B.</summary>
    public Read B => b;

    /// <summary>C.</summary>
    public Read C => c;

    /// <summary>The sizes of the outer loops.</summary>
    public int[] Outer => outer;

    /// <summary>The factor.</summary>
    public double Factor => factor;

    /// <summary>Whether the product is added to what C holds.</summary>
    public bool Adds => adds;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [a.Storage, b.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [c.Storage];

    /// <inheritdoc/>
    public override double Operations => 2.0 * rows * columns * depth * View.Product(outer);

    /// <inheritdoc/>
    public override double Traffic => ((double)rows * depth + (double)depth * columns + (double)rows * columns) * View.Product(outer);

    /// <inheritdoc/>
    public override string Description => $"product of {rows} x {depth} and {depth} x {columns}{(outer.Length > 0 ? $", {Text(outer)} times" : "")}{(adds ? ", added" : "")}";

    /// <inheritdoc/>
    public override long HeldEntries<T>() => rows == 1 || columns == 1 ? MatrixVector<T>.PartialEntries(columns == 1 ? rows : columns, depth, (columns == 1 ? a.Strides[0] : b.Strides[1]) == 1) : 0;

    /// <inheritdoc/>
    public override long PackedEntries<T>() => rows == 1 || columns == 1 ? 0 : c.Strides[1] == 1 ? Gemm.PackedEntries<T>(rows, columns, depth) : Gemm.PackedEntries<T>(columns, rows, depth);

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new ProductRunner<T>(workspace, this);
}
