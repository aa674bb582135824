using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>Recognises definite matrices by their structure: positive multiples of the identity, or of a declared matrix, plus X'*diag(d)*X with d at least zero; or the negative of such a sum.</summary>
internal static class Definiteness
{
    /// <summary>1 where a matrix is known to be positive definite, -1 where its negative is, else 0.</summary>
    public static int SignOf(Node node)
    {
        if (node is not AddNode { IsZero: false } sum) return DefiniteSign(node);
        int sign = 0;
        bool isDefinite = false;
        foreach (var (coefficient, term) in sum.Terms)
        {
            int definite = DefiniteSign(term), own = coefficient.Sign * (definite != 0 ? definite : SemidefiniteSign(term));
            if (own == 0 || (sign != 0 && own != sign)) return 0;
            sign = own;
            isDefinite |= definite != 0;
        }
        return isDefinite ? sign : 0;
    }

    private static int DefiniteSign(Node node)
    {
        if (Signs.IsPositiveDefinite(node)) return 1;
        if (node is not ContractNode { Order: 2, HasDelta: true, Sums: false } c) return 0;
        return c.Factors.All(f => f.Exponent.Sign > 0 && Signs.IsPositive(f.Operand)) ? 1 : 0;
    }

    private static int SemidefiniteSign(Node node)
    {
        if (node is not ContractNode { Order: 2, HasDelta: false } c) return 0;
        int i = c.Result[0], j = c.Result[1];
        var rows = c.Factors.Where(f => f.Labels.Contains(i)).ToArray();
        var columns = c.Factors.Where(f => f.Labels.Contains(j)).ToArray();
        var rest = c.Factors.Where(f => !f.Labels.Contains(i) && !f.Labels.Contains(j)).ToArray();
        if (rows is not [{ IsPlain: true, Labels.Length: 2 } x] || columns is not [{ IsPlain: true, Labels.Length: 2 } y] || !ReferenceEquals(x.Operand, y.Operand)) return 0;
        int place = Array.IndexOf(x.Labels, i);
        int over = x.Labels[1 - place];
        if (y.Labels[place] != j || y.Labels[1 - place] != over || !rest.All(f => f.Labels.All(l => l == over))) return 0;
        int sign = 1;
        foreach (var f in rest) sign *= Signs.IsNonnegative(f.Operand) ? 1 : f.IsPlain && Signs.IsNonpositive(f.Operand) ? -1 : 0;
        return sign;
    }
}
