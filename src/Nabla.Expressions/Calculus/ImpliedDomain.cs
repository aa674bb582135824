using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Calculus;

/// <summary>What a function's domain says of its variables: <c>log(x)</c> is there only where x is positive, <c>y./x</c> where x has no zero, and then x./x is 1.</summary>
internal static class ImpliedDomain
{
    /// <summary>The tensors of a program, with variables known to be positive, nonnegative or nonzero where the function is defined only there.</summary>
    public static (Tensors Tensors, IReadOnlyDictionary<string, Node> Bindings, Node Function) Elaborate(TypedProgram program, Work work, List<string> notes, bool takesCofactors = false)
    {
        bool pi = program.FindVariable("pi") is not null || program.IsBound("pi");
        var tensors = new Tensors(work) { PiIsTaken = pi, TakesCofactors = takesCofactors };
        var (bindings, function) = Elaboration.Elaborate(program, tensors);
        var implied = new Dictionary<string, Properties>(StringComparer.Ordinal);
        foreach (var (symbol, properties) in Implied(function))
            if (program.FindVariable(symbol.Name) is { } v && !v.Properties.HasFlag(properties)) implied[v.Name] = implied.GetValueOrDefault(v.Name) | properties;
        if (implied.Count == 0) return (tensors, bindings, function);
        string[] positive = [.. implied.Where(i => i.Value.HasFlag(Properties.Positive)).Select(i => i.Key)];
        if (positive.Length > 0) notes.Add($"domain: the function is defined only where {string.Join(", ", positive)} {(positive.Length == 1 ? "is" : "are")} positive.");
        var narrowed = new Tensors(work) { PiIsTaken = pi, TakesCofactors = takesCofactors, Implied = implied };
        (bindings, function) = Elaboration.Elaborate(program, narrowed);
        return (narrowed, bindings, function);
    }

    // A logarithm of a variable itself asks for positive entries, all of them; that of a product, and a division, for entries that are not zero; a root for none below zero.
    private static IEnumerable<(SymbolNode Symbol, Properties Properties)> Implied(Node function)
    {
        foreach (var n in function.WithOperands())
        {
            if (n is MapNode { Function.Name: "log", Arguments: [SymbolNode s] }) yield return (s, Properties.Positive);
            if (n is MapNode { Function.Name: "log", Arguments: [ContractNode { Sums: false } product] } && !Selects(product))
                foreach (var f in product.Factors) if (f.Operand is SymbolNode factor) yield return (factor, Properties.Nonzero);
            if (n is not ContractNode c || Selects(c)) continue;
            foreach (var f in c.Factors)
                if (f.Operand is SymbolNode divisor && (f.Exponent.Sign < 0 || !f.Exponent.IsInteger))
                    yield return (divisor, (f.Exponent.Sign < 0 ? Properties.Nonzero : Properties.None) | (f.Exponent.IsInteger ? Properties.None : Properties.Nonnegative));
        }
    }

    // A factor that chooses entries asks nothing of the others.
    private static bool Selects(ContractNode c) => c.HasDelta || c.Factors.Any(f => f.Operand is UnitNode or EmbedNode or PairNode);
}
