using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The projections Pᵢ = vᵢvᵢ' on the eigenspaces of a symmetric matrix with distinct eigenvalues, as a tensor P[i,k,l].</summary>
/// <remarks>dPᵢ = Σⱼ (Pᵢ dS Pⱼ + Pⱼ dS Pᵢ)/(λᵢ - λⱼ) over j ≠ i. Kato (1995), section II.2.</remarks>
internal sealed class Eigenprojections : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "eigenprojections";

    /// <inheritdoc/>
    public override bool InNotation => false;

    /// <inheritdoc/>
    public override string Summary => "The projections on the eigenspaces of a symmetric matrix.";

    /// <inheritdoc/>
    public override string Example => "eigvals([2 1; 1 2])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => throw rule.Error($"{Name} has three axes.", ErrorCode.Kind);

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [operated[0], operated[0], operated[0]];

    /// <inheritdoc/>
    public override string? Differential => "sum[j](P[j]*dX*P[i] + P[i]*dX*P[j])/(w[i] - w[j]) over j other than i";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        var values = t.Apply(OperatorTable.Get<Eigenvalues>(), x, operated);
        var one = t.Constant(1, values.Axes);
        var delta = t.Einsum("...i->...ii", one);
        var gaps = t.Add(t.Einsum("...i,...j->...ij", values, one), t.Scale(-1, t.Einsum("...i,...j->...ij", one, values)), delta);
        var reciprocal = t.Add(t.Power(gaps, -1), t.Scale(-1, delta));
        return t.Add(
            t.Einsum("...ij,...ikp,...jql->...iklpq", reciprocal, y, y),
            t.Einsum("...ij,...jkp,...iql->...iklpq", reciprocal, y, y));
    }

    /// <inheritdoc/>
    public override double[] EvaluateEntries(Arguments a)
    {
        var eigen = new SymmetricEigen<double>(a.Matrix(0));
        var (values, V) = (eigen.Values, eigen.Vectors);
        int n = V.Rows;
        double gap = LeastGap(n, Math.Max(Math.Abs(values[0]), Math.Abs(values[n - 1])));
        for (int i = 1; i < n; i++)
            if (values[i] - values[i - 1] <= gap)
                throw a.Error(ErrorCode.Domain, $"The derivative exists where all eigenvalues are distinct, but {values[i - 1]:G9} and {values[i]:G9} are among them.");
        double[] projections = new double[n * n * n];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                for (int l = 0; l < n; l++) projections[(i * n + k) * n + l] = V[k, i] * V[l, i];
        return projections;
    }

    /// <summary>How far apart eigenvalues must lie to be told from equal ones.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="largest">The largest absolute value.</param>
    public static double LeastGap(int count, double largest) => 100 * (double.BitIncrement(1) - 1) * count * largest;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => throw a.Error(ErrorCode.Unsupported, $"{Name} has three axes.");
}
