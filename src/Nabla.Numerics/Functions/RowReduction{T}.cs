using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The row echelon form of a matrix, or its reduced row echelon form, with the elementary operations that lead to it.</summary>
/// <remarks>
/// A matrix of integers of moderate size is reduced in exact fractions and rounded once. Any other is reduced in floating point with partial pivoting, where an entry counts as zero
/// when it is below max(m, n) times the precision times the largest absolute row sum.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed class RowReduction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LargestExact = 1024;
    private readonly List<RowOperation<T>> operations = [];
    private readonly List<int> pivots = [];

    /// <summary>Reduces a matrix.</summary>
    /// <param name="A">A matrix of any shape.</param>
    /// <param name="reduced">Whether to go on to the reduced form: pivots 1, and zeros above them.</param>
    /// <exception cref="ShapeException"><paramref name="A"/> is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public RowReduction(NDArray<T> A, bool reduced = true)
    {
        ArgumentNullException.ThrowIfNull(A);
        Form = A.MustBeMatrix().MustBeFinite().Copy();
        if (A.Count <= LargestExact && Array.TrueForAll(Form.Data, x => T.IsInteger(x) && T.Abs(x) <= T.CreateChecked(1 << 30))) ReduceExactly(reduced);
        else Reduce(reduced);
    }

    /// <summary>The form, of the shape of the matrix.</summary>
    public NDArray<T> Form { get; }

    /// <summary>The operations that lead from the matrix to its form, in order.</summary>
    public IReadOnlyList<RowOperation<T>> Operations => operations;

    /// <summary>The columns of the pivots, counted from 0.</summary>
    public IReadOnlyList<int> PivotColumns => pivots;

    /// <summary>The number of pivots.</summary>
    public int Rank => pivots.Count;

    private void ReduceExactly(bool reduced)
    {
        int m = Form.Rows, n = Form.Columns;
        var entries = new Rational[m, n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) entries[i, j] = new BigInteger(double.CreateTruncating(Form[i, j]));
        var exact = new ExactRowReduction(entries, reduced);
        Rational[,] form = exact.Form;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) Form[i, j] = T.CreateTruncating(form[i, j].ToDouble());
        pivots.AddRange(exact.PivotColumns);
        foreach (RowOperation<Rational> o in exact.Operations)
            operations.Add(new RowOperation<T>(o.Kind, o.Target, o.Source, T.CreateTruncating(o.Factor.ToDouble())));
    }

    private void Reduce(bool reduced)
    {
        int m = Form.Rows, n = Form.Columns, row = 0;
        T tolerance = T.CreateChecked(Math.Max(m, n)) * Precision<T>.Epsilon * LinearAlgebra.Norm(Form, MatrixNorm.Infinity);
        for (int column = 0; column < n && row < m; column++)
        {
            int pivot = row;
            for (int i = row + 1; i < m; i++)
                if (T.Abs(Form[i, column]) > T.Abs(Form[pivot, column])) pivot = i;
            if (T.Abs(Form[pivot, column]) <= tolerance)
            {
                for (int i = row; i < m; i++) Form[i, column] = T.Zero;
                continue;
            }
            if (pivot != row) Exchange(row, pivot);
            if (reduced && Form[row, column] != T.One) Scale(row, column);
            for (int i = reduced ? 0 : row + 1; i < m; i++)
                if (i != row && Form[i, column] != T.Zero) Add(i, row, column);
            pivots.Add(column);
            row++;
        }
    }

    private void Exchange(int row, int other)
    {
        operations.Add(new RowOperation<T>(RowOperationKind.Exchange, row, other, T.One));
        for (int j = 0; j < Form.Columns; j++) (Form[row, j], Form[other, j]) = (Form[other, j], Form[row, j]);
    }

    private void Scale(int row, int column)
    {
        T pivot = Form[row, column];
        operations.Add(new RowOperation<T>(RowOperationKind.Scale, row, row, T.One / pivot));
        for (int j = column; j < Form.Columns; j++) Form[row, j] = j == column ? T.One : Form[row, j] / pivot;
    }

    private void Add(int target, int source, int column)
    {
        T factor = -(Form[target, column] / Form[source, column]);
        operations.Add(new RowOperation<T>(RowOperationKind.Add, target, source, factor));
        Form[target, column] = T.Zero;
        for (int j = column + 1; j < Form.Columns; j++) Form[target, j] += factor * Form[source, j];
    }
}
