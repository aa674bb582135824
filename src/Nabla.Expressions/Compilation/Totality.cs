using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <summary>Recognises functions that have a finite value wherever their variables do, but for overflow.</summary>
internal static class Totality
{
    /// <summary>Whether no logarithm, root, quotient or inverse in a tensor can lack a value.</summary>
    public static bool IsTotal(Node root)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance) { root };
        var pending = new Stack<Node>([root]);
        while (pending.TryPop(out var n))
        {
            if (!IsTotalItself(n)) return false;
            foreach (var o in n.Operands) if (seen.Add(o)) pending.Push(o);
        }
        return true;
    }

    private static bool IsTotalItself(Node n) => n switch
    {
        MapNode { Function: Log or Log1p } log => Signs.IsPositive(log.Arguments[0]),
        MapNode map => map.Function is Abs or Signum or Relu or Exp or Expm1 or Sin or Cos or Sinh or Cosh or Tanh or Atan or Erf or Sigmoid or Softplus or Maximum or Minimum,
        ContractNode product => product.Factors.All(IsTotalPower),
        ApplyNode apply => apply.Function is Softmax or LogSumExp,
        _ => true,
    };

    private static bool IsTotalPower(Factor f) =>
        (f.Exponent.Sign >= 0 || Signs.IsNonzero(f.Operand)) && (f.Exponent.IsInteger || Signs.IsNonnegative(f.Operand));
}
