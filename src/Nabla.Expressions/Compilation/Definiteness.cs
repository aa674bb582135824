using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>Recognises positive definite matrices by their structure: a positive multiple of the identity, or of a declared one, plus X'*diag(d)*X with d at least zero.</summary>
internal static class Definiteness
{
    /// <summary>Whether a matrix is known to be positive definite.</summary>
    public static bool IsPositiveDefinite(Node node) => Signs.IsPositiveDefinite(node) || (node is AddNode { IsZero: false } sum
        && sum.Terms.All(t => t.Coefficient.Sign > 0 && (IsDefinite(t.Node) || IsSemidefinite(t.Node))) && sum.Terms.Any(t => IsDefinite(t.Node)));

    private static bool IsDefinite(Node node) => Signs.IsPositiveDefinite(node)
        || (node is ContractNode { Order: 2, HasDelta: true, Sums: false } c && c.Factors.All(f => f.Exponent.Sign > 0 && Signs.IsPositive(f.Operand)));

    private static bool IsSemidefinite(Node node)
    {
        if (node is not ContractNode { Order: 2, HasDelta: false } c) return false;
        int i = c.Result[0], j = c.Result[1];
        var rows = c.Factors.Where(f => f.Labels.Contains(i)).ToArray();
        var columns = c.Factors.Where(f => f.Labels.Contains(j)).ToArray();
        var rest = c.Factors.Where(f => !f.Labels.Contains(i) && !f.Labels.Contains(j)).ToArray();
        if (rows is not [{ IsPlain: true, Labels.Length: 2 } x] || columns is not [{ IsPlain: true, Labels.Length: 2 } y] || !ReferenceEquals(x.Operand, y.Operand)) return false;
        int place = Array.IndexOf(x.Labels, i);
        int over = x.Labels[1 - place];
        return y.Labels[place] == j && y.Labels[1 - place] == over && rest.All(f => f.Labels.All(l => l == over) && Signs.IsNonnegative(f.Operand));
    }
}
