using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>Products of factors that have a name of their own and overflow without it: sigmoid and softmax; and inverses that cancel.</summary>
internal static class StableForms
{
    /// <summary>Applies one rule, if any fits.</summary>
    public static bool Apply(Contraction c, Tensors t)
    {
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var f = c.Factors[i];
            if (f is { Operand: AddNode sum, Exponent: { IsInteger: true, Sign: < 0 } } && OnePlusExp(sum) is { } z)
            {
                // 1/(1 + exp(z)) = sigmoid(-z)
                c.Replace(i, t.Map(Function("sigmoid"), t.Scale(-1, z)), f.Labels, -f.Exponent);
                return true;
            }
            if (f is { IsPlain: true, Operand: MapNode { Function.Name: "exp" } exp } && (Sigmoid(c, t, i, exp) || Share(c, t, i, exp) || Softmax(c, t, i, exp))) return true;
            if (f is { IsPlain: true, Operand: MapNode { Function.Name: "sinh" } sinh } && Tanh(c, t, i, sinh)) return true;
            if (f is { IsPlain: true, Operand: ApplyNode { Function.Name: "softmax", Operated: 1, Batch: 0 } } && !c.IsResult(f.Labels[0]) && c.Uses(f.Labels[0]) == 1)
            {
                c.Absorb(i, f.Labels[0]);
                return true;
            }
            if (f is { IsPlain: true, Operand: ApplyNode { Function.Name: "eigvals", Argument: var S } } && Signs.IsSymmetric(S) && !c.IsResult(f.Labels[0]) && c.Uses(f.Labels[0]) == 1)
            {
                // The sum of the eigenvalues is the trace, which has a derivative where they coincide too.
                c.Replace(i, S, [f.Labels[0], f.Labels[0]], 1);
                return true;
            }
            if (f is { IsPlain: true, Operand: ApplyNode { Function.Name: "inv", Argument: var A } } && Cancel(c, i, f, A)) return true;
        }
        return false;
    }

    /// <summary>z where a sum is 1 + exp(z), else null.</summary>
    public static Node? OnePlusExp(AddNode sum)
    {
        if (sum.Terms.Count != 2 || !sum.Terms[0].Coefficient.IsOne || !sum.Terms[1].Coefficient.IsOne) return null;
        for (int k = 0; k < 2; k++)
            if (sum.Terms[k].Node is MapNode { Function.Name: "exp" } e && sum.Terms[1 - k].Node is ContractNode { Factors.Count: 0, HasDelta: false })
                return e.Arguments[0];
        return null;
    }

    // exp(z)*sigmoid(-z) = sigmoid(z)
    private static bool Sigmoid(Contraction c, Tensors t, int i, MapNode exp)
    {
        for (int j = 0; j < c.Factors.Count; j++)
        {
            var g = c.Factors[j];
            if (g is not { Operand: MapNode { Function.Name: "sigmoid" } s, Exponent: { IsInteger: true, Sign: > 0 } } || !g.Labels.AsSpan().SequenceEqual(c.Factors[i].Labels)) continue;
            if (!ReferenceEquals(t.Scale(-1, s.Arguments[0]), exp.Arguments[0])) continue;
            if (g.Exponent.IsOne) c.Factors.RemoveAt(j);
            else c.Factors[j] = g with { Exponent = g.Exponent - 1 };
            c.Replace(g.Exponent.IsOne && j < i ? i - 1 : i, t.Map(Function("sigmoid"), exp.Arguments[0]), g.Labels, 1);
            return true;
        }
        return false;
    }

    // sinh(z)/cosh(z) = tanh(z): cosh has no zero.
    private static bool Tanh(Contraction c, Tensors t, int i, MapNode sinh) =>
        Quotient(c, i, divisor => divisor is MapNode { Function.Name: "cosh" } cosh && ReferenceEquals(cosh.Arguments[0], sinh.Arguments[0]) ? t.Map(Function("tanh"), sinh.Arguments[0]) : null);

    // exp(a)/(exp(a) + exp(b)) = sigmoid(a - b)
    private static bool Share(Contraction c, Tensors t, int i, MapNode exp) =>
        Quotient(c, i, divisor => TwoExponentials(divisor) is var (a, b) && (ReferenceEquals(exp.Arguments[0], a) || ReferenceEquals(exp.Arguments[0], b))
            ? t.Map(Function("sigmoid"), ReferenceEquals(exp.Arguments[0], a) ? t.Subtract(a, b) : t.Subtract(b, a))
            : null);

    /// <summary>a and b where a tensor is exp(a) + exp(b), else null.</summary>
    public static (Node A, Node B)? TwoExponentials(Node node) =>
        node is AddNode { Terms: [({ IsOne: true }, MapNode { Function.Name: "exp" } first), ({ IsOne: true }, MapNode { Function.Name: "exp" } second)] } ? (first.Arguments[0], second.Arguments[0]) : null;

    // A factor and a divisor along the same axes that together are something else.
    private static bool Quotient(Contraction c, int i, Func<Node, Node?> together)
    {
        for (int j = 0; j < c.Factors.Count; j++)
        {
            var g = c.Factors[j];
            if (g.Exponent is not { IsInteger: true, Sign: < 0 } || !g.Labels.AsSpan().SequenceEqual(c.Factors[i].Labels) || together(g.Operand) is not { } quotient) continue;
            bool spent = g.Exponent + 1 is { IsZero: true };
            if (spent) c.Factors.RemoveAt(j);
            else c.Factors[j] = g with { Exponent = g.Exponent + 1 };
            c.Replace(spent && j < i ? i - 1 : i, quotient, g.Labels, 1);
            return true;
        }
        return false;
    }

    // exp(z)/sum(exp(z)) = softmax(z), along the last axis or all of them.
    private static bool Softmax(Contraction c, Tensors t, int i, MapNode exp)
    {
        int[] labels = c.Factors[i].Labels;
        for (int j = 0; j < c.Factors.Count; j++)
        {
            var g = c.Factors[j];
            if (g is not { Operand: ContractNode { Factors: [{ IsPlain: true } inner], HasDelta: false } total, Exponent: { IsInteger: true, Sign: < 0 } } || !ReferenceEquals(inner.Operand, exp)) continue;
            // A diagonal, as in tr(exp(B)), is not the whole.
            if (inner.Labels.Distinct().Count() < inner.Labels.Length) continue;
            // Which axes of exp(z) are summed, and do the others bear the same labels here?
            var kept = Enumerable.Range(0, labels.Length).Where(a => inner.Labels[a] < total.ResultLabels).ToArray();
            var summed = Enumerable.Range(0, labels.Length).Except(kept).ToArray();
            if (summed.Length == 0 || (summed.Length > 1 && kept.Length > 0) || kept.Any(a => g.Labels[Place(total.Result, inner.Labels[a])] != labels[a])) continue;
            if (g.Labels.Length != kept.Length) continue;
            int[] order = [.. kept, .. summed];
            var softmax = t.Apply((TensorOperator)OperatorTable.Find("softmax")!, Permuted(t, exp.Arguments[0], order), summed.Length);
            bool spent = g.Exponent + 1 is { IsZero: true };
            if (spent) c.Factors.RemoveAt(j);
            else c.Factors[j] = g with { Exponent = g.Exponent + 1 };
            c.Replace(spent && j < i ? i - 1 : i, softmax, [.. order.Select(a => labels[a])], 1);
            return true;
        }
        return false;
    }

    // inv(A)*A and A*inv(A) are the identity wherever inv(A) exists.
    private static bool Cancel(Contraction c, int i, Factor inverse, Node A)
    {
        for (int j = 0; j < c.Factors.Count; j++)
        {
            var g = c.Factors[j];
            if (!ReferenceEquals(g.Operand, A) || !g.IsPlain) continue;
            foreach (var (mine, other) in new[] { (1, 0), (0, 1), (0, 0), (1, 1) })
            {
                if (mine == other && !Signs.IsSymmetric(A)) continue;
                int label = inverse.Labels[mine];
                if (g.Labels[other] != label || c.IsResult(label) || c.Uses(label) != 2 || g.Labels[0] == g.Labels[1] || inverse.Labels[0] == inverse.Labels[1]) continue;
                c.Unify(inverse.Labels[1 - mine], g.Labels[1 - other]);
                c.Factors.RemoveAt(j);
                c.Absorb(i > j ? i - 1 : i, label);
                return true;
            }
        }
        return false;
    }

    private static int Place(IReadOnlyList<int> result, int label)
    {
        for (int i = 0; i < result.Count; i++) if (result[i] == label) return i;
        return -1;
    }

    private static Node Permuted(Tensors t, Node x, int[] order)
    {
        var c = new Contraction(t);
        int[] labels = c.LabelsFor(x);
        c.Multiply(x, labels);
        return c.Build([.. order.Select(a => labels[a])]);
    }

    private static ElementwiseOperator Function(string name) => (ElementwiseOperator)OperatorTable.Find(name)!;
}
