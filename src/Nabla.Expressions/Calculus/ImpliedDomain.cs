using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Calculus;

/// <summary>What a function's domain says of its variables: <c>log(x)</c> is there only where x is positive, and then x./x is 1.</summary>
internal static class ImpliedDomain
{
    /// <summary>The tensors of a program, with variables known to be positive where the function is defined only there.</summary>
    public static (Tensors Tensors, IReadOnlyDictionary<string, Node> Bindings, Node Function) Elaborate(TypedProgram program, Work work, List<string> notes, bool takesCofactors = false)
    {
        bool pi = program.FindVariable("pi") is not null || program.IsBound("pi");
        var tensors = new Tensors(work) { PiIsTaken = pi, TakesCofactors = takesCofactors };
        var (bindings, function) = Elaboration.Elaborate(program, tensors);
        var positive = Positive(function).Where(s => program.FindVariable(s.Name) is { } v && !v.Properties.HasFlag(Properties.Positive)).Select(s => s.Name).Distinct().ToArray();
        if (positive.Length == 0) return (tensors, bindings, function);
        notes.Add($"domain: the function is defined only where {string.Join(", ", positive)} {(positive.Length == 1 ? "is" : "are")} positive.");
        var narrowed = new Tensors(work) { PiIsTaken = pi, TakesCofactors = takesCofactors, Implied = positive.ToDictionary(n => n, _ => Properties.Positive, StringComparer.Ordinal) };
        (bindings, function) = Elaboration.Elaborate(program, narrowed);
        return (narrowed, bindings, function);
    }

    // A logarithm of a variable itself asks for positive entries: all of them.
    private static IEnumerable<SymbolNode> Positive(Node function)
    {
        foreach (var n in function.WithOperands())
            if (n is MapNode { Function.Name: "log", Arguments: [SymbolNode s] }) yield return s;
    }
}
