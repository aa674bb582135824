using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The k-th derivative of the determinant, a tensor of 2k axes that singular matrices have too; for k = 1 the cofactors C = det(X) X⁻ᵀ.</summary>
/// <remarks>
/// ∂ᵏ det X / ∂X[i₁,j₁]...∂X[iₖ,jₖ] is a minor with its sign, and 0 where two of the i or two of the j are equal. With X = U diag(σ) V' it is
/// det(UV) Σ sgn(π) Πₜ U[iₜ,aₜ] V[jₜ,a_π(t)] Π σₘ, over distinct a₁...aₖ, permutations π and the m that are not among the a:
/// nothing is divided by. For k = 1: Stewart (1998), On the adjugate matrix, Linear Algebra and its Applications 283.
/// </remarks>
internal sealed class Cofactors : TensorOperator
{
    private readonly int _order;
    private readonly Lazy<Cofactors> _next;

    /// <summary>The first derivative.</summary>
    public Cofactors() : this(1)
    {
    }

    private Cofactors(int order)
    {
        _order = order;
        _next = new(() => new(order + 1));
    }

    /// <inheritdoc/>
    public override string Name => _order == 1 ? "cofactors" : $"cofactors{_order}";

    /// <inheritdoc/>
    public override bool InNotation => false;

    /// <inheritdoc/>
    public override string Summary => "The derivative of the determinant by every entry, of singular matrices too.";

    /// <inheritdoc/>
    public override string Example => "det([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => throw rule.Error($"{Name} stands in derivatives only.", ErrorCode.Kind);

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [.. Enumerable.Repeat(operated[0], 2 * _order)];

    /// <inheritdoc/>
    public override string? Differential => "the next derivative of the determinant, times dX";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) => t.Apply(_next.Value, x, operated);

    /// <inheritdoc/>
    public override double[] EvaluateEntries(Arguments a)
    {
        var (balanced, rowExponents, columnExponents) = Balanced(a.Matrix(0));
        var svd = new SVD<double>(balanced);
        int n = svd.U.Rows;
        double sign = Math.Sign(LinearAlgebra.Determinant(svd.U)) * Math.Sign(LinearAlgebra.Determinant(svd.V));
        double[] core = new double[Enumerable.Repeat(n, 2 * _order).Aggregate(1, (a, b) => checked(a * b))];
        AddMinors(core, svd.S.ToArray(), [], sign);
        // Axis after axis is taken from the singular vectors to the unit vectors; each round moves the first axis to the end.
        var tensor = NDArray<double>.FromArray(core, n, core.Length / n);
        for (int axis = 0; axis < 2 * _order; axis++)
        {
            a.Work.Check();
            tensor = NDArray.MatMul(axis % 2 == 0 ? svd.U : svd.V, tensor).Transpose().AsContiguous().Reshape(n, core.Length / n);
        }
        double[] entries = tensor.ToArray();
        int all = rowExponents.Sum() + columnExponents.Sum();
        for (int k = 0; k < entries.Length; k++)
        {
            int exponent = -all;
            for (int axis = 2 * _order - 1, rest = k; axis >= 0; rest /= n, axis--) exponent += (axis % 2 == 0 ? rowExponents : columnExponents)[rest % n];
            entries[k] = Math.ScaleB(entries[k], exponent);
        }
        return entries;
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => throw a.Error(ErrorCode.Unsupported, $"{Name} stands in derivatives only.");

    // Rows and columns times powers of two, so that the largest entry of each is near 1: a minor keeps its digits beside others of another size.
    private static (NDArray<double> Matrix, int[] Rows, int[] Columns) Balanced(NDArray<double> matrix)
    {
        int n = matrix.Rows;
        double[] entries = matrix.ToArray();
        int[] rows = new int[n], columns = new int[n];
        for (int pass = 0; pass < 4; pass++)
            for (int i = 0; i < n; i++)
            {
                double largest = 0;
                for (int j = 0; j < n; j++) largest = Math.Max(largest, Math.Abs(entries[At(i, j)]));
                if (largest == 0 || !double.IsFinite(largest)) continue;
                int exponent = -Math.ILogB(largest);
                (pass % 2 == 0 ? rows : columns)[i] += exponent;
                for (int j = 0; j < n; j++) entries[At(i, j)] = Math.ScaleB(entries[At(i, j)], exponent);

                int At(int line, int along) => pass % 2 == 0 ? line * n + along : along * n + line;
            }
        return (NDArray<double>.FromArray(entries, n, n), rows, columns);
    }

    // The tensor of diag(sigma): rows are chosen one after the other, then the columns are a permutation of them.
    private void AddMinors(double[] core, double[] sigma, int[] rows, double sign)
    {
        if (rows.Length == _order)
        {
            double minor = sign;
            for (int m = 0; m < sigma.Length; m++) if (!rows.Contains(m)) minor *= sigma[m];
            AddPermutations(core, sigma.Length, rows, [], minor);
            return;
        }
        for (int a = 0; a < sigma.Length; a++)
            if (!rows.Contains(a)) AddMinors(core, sigma, [.. rows, a], sign);
    }

    private static void AddPermutations(double[] core, int n, int[] rows, int[] columns, double minor)
    {
        if (columns.Length == rows.Length)
        {
            int at = 0;
            for (int t = 0; t < rows.Length; t++) at = (at * n + rows[t]) * n + columns[t];
            core[at] = minor;
            return;
        }
        for (int t = 0; t < rows.Length; t++)
        {
            if (columns.Contains(rows[t])) continue;
            // An inversion for every later row's column that is already taken out of its turn.
            int inversions = columns.Count(c => Array.IndexOf(rows, c) > t);
            AddPermutations(core, n, rows, [.. columns, rows[t]], inversions % 2 == 0 ? minor : -minor);
        }
    }
}
