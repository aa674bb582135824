using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <content>Functions of whole tensors.</content>
internal sealed partial class Lowering
{
    private readonly Dictionary<Node, FactorisationStep> _factors = new(ReferenceEqualityComparer.Instance);

    /// <summary>The factorisation of a matrix, shared by all its uses.</summary>
    internal FactorisationStep Factors(Node matrix)
    {
        if (_factors.TryGetValue(matrix, out var known)) return known;
        var value = Value(matrix);
        int sign = Definiteness.SignOf(matrix);
        // The factors L and U are kept by the runner: their place in the plan only orders the steps.
        var factors = sign != 0 ? Temporary(value.Sizes) : new View(Temporary([1]).Storage, 0, value.Sizes, [0, 0]);
        var step = new FactorisationStep(value, factors, sign);
        Emit(step);
        return _factors[matrix] = step;
    }

    private void ApplyInto(ApplyNode apply, View target)
    {
        switch (apply)
        {
            case { Function: Inverse, Batch: 0 }:
                Emit(new SolveStep(Factors(apply.Argument), target, transposed: false) { OfIdentity = true });
                return;
            case { Function: LogDeterminant, Batch: 0 }:
                Emit(new LogDeterminantStep(Factors(apply.Argument), target));
                return;
            case { Function: Softmax or LogSumExp }:
                var argument = Contiguous(Value(apply.Argument));
                int length = (int)View.Product(argument.Sizes.AsSpan(apply.Batch..));
                Emit(new RowFunctionStep(argument, target, length == 0 ? 0 : (int)(argument.Count / length), length, apply.Function is Softmax));
                return;
            default:
                Emit(new OperatorStep(apply.Function, Contiguous(Value(apply.Argument)), apply.Batch, target, isDivisor: _divisors.Contains(apply)));
                return;
        }
    }
}
