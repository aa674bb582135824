using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Calculus;

/// <summary>A function with its derivatives of every order up to one.</summary>
/// <param name="Tensors">The store that they lie in.</param>
/// <param name="Bindings">The tensors of the program's own bindings.</param>
/// <param name="Orders">The function, its derivative, ...: shorter than asked for where all that follows is the same.</param>
internal sealed record Tower(Tensors Tensors, IReadOnlyDictionary<string, Node> Bindings, IReadOnlyList<Node> Orders)
{
    // Derivatives after the first that is zero are zero too: a few of them are written down for the proof.
    private const int Zeros = 8;

    /// <summary>The function.</summary>
    public Node Function => Orders[0];

    /// <summary>The derivative of the highest order.</summary>
    public Node Derivative => Orders[^1];

    /// <summary>The same up to a lower order.</summary>
    public Tower UpTo(int order) => this with { Orders = [.. Orders.Take(order + 1)] };

    /// <summary>Differentiates the function of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="order">The order, from 1.</param>
    /// <param name="takesCofactors">Whether determinants are differentiated to cofactors.</param>
    /// <param name="notes">What the answer must say is added here.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">There is no derivative, or it has too many axes.</exception>
    public static Tower Of(TypedProgram program, Variable variable, int order, bool takesCofactors, List<string> notes, Work work)
    {
        var (tensors, bindings, function) = ImpliedDomain.Elaborate(program, work, notes, takesCofactors);
        var x = tensors.Symbol(variable.Name, variable.Shape.Axes, tensors.PropertiesOf(variable));
        if (Differentiation.Dependent(function, x).Count == 0) notes.Add($"{variable.Name} does not occur in the function: the derivative is zero.");
        var orders = Differentiate(tensors, function, x, order, notes);
        // What is divided by and no longer seen in the derivative is said.
        var divisors = Reciprocals.In(orders[^1].WithOperands()).OfType<SymbolNode>().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        string[] cancelled = [.. tensors.Implied.Where(i => !i.Value.HasFlag(Properties.Positive) && i.Value.HasFlag(Properties.Nonzero) && !divisors.Contains(i.Key)).Select(i => i.Key)];
        if (cancelled.Length > 0) notes.Add($"domain: the function is defined only where {string.Join(", ", cancelled)} {(cancelled.Length == 1 ? "is" : "are")} not zero.");
        return new(tensors, bindings, orders);
    }

    /// <summary>Whether a determinant is differentiated on the way: then the derivative has two readings.</summary>
    public bool HasDeterminant(Variable variable)
    {
        var x = Tensors.Symbol(variable.Name, variable.Shape.Axes, Tensors.PropertiesOf(variable));
        return Differentiation.Dependent(Function, x).Exists(n => n is ApplyNode { Function: Determinant });
    }

    private static List<Node> Differentiate(Tensors tensors, Node function, SymbolNode x, int order, List<string> notes)
    {
        var calculus = new Differentiation(tensors);
        var orders = new List<Node> { function };
        for (int k = 1; k <= order; k++)
        {
            long axes = function.Order + (long)order * x.Order;
            if (axes > Limits.TensorOrder)
                throw new NablaException(ErrorCode.Limit, $"The derivative would be a tensor of {axes} axes, but at most {Limits.TensorOrder} are allowed.");
            tensors.Work.CheckNow();
            var (derivative, note) = Projection.Apply(tensors, calculus.Derivative(orders[^1], x), x);
            if (note is not null && k == 1) notes.Add(note);
            orders.Add(derivative);
            // exp is its own derivative: so are all that follow.
            if (x.Order == 0 && ReferenceEquals(derivative, orders[^2])) break;
            if (derivative is AddNode { IsZero: true })
            {
                for (int zeros = k + 1; zeros <= order && zeros <= k + Zeros; zeros++)
                    orders.Add(tensors.Zero([.. function.Axes, .. Enumerable.Repeat(x.Axes, zeros).SelectMany(a => a)]));
                break;
            }
        }
        return orders;
    }
}
