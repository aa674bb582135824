using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>Explains a derivative: walks the program as it was written, and ends in the core's result.</summary>
internal static class Derivations
{
    private const double Tolerance = 1e-6;

    /// <summary>The derivation of a derivative of any order.</summary>
    /// <param name="solved">The program with its derivative, written and proven, for each order.</param>
    /// <param name="answer">The derivative in question as it was written.</param>
    /// <param name="view">How it is told.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">A step, or the end, does not agree with the core (<see cref="ErrorCode.Internal"/>).</exception>
    public static Derivation Of(IReadOnlyList<Solved> solved, DerivativeForm answer, DerivationView view, Work work)
    {
        var last = solved[^1];
        IReadOnlyList<DerivationStep> steps;
        string function = "f";
        IReadOnlyList<LaidOutDerivative> layouts = [];
        if (solved.Count == 1) (function, steps, layouts) = OfOne(last, view, work);
        else
        {
            var orders = new List<DerivationStep>();
            for (int k = 0; k < solved.Count; k++)
            {
                var (_, inner, _) = OfOne(solved[k], view, work);
                orders.Add(new(
                    "derivative", NotationWriter.Write(solved[k].Program.Syntax with { Declarations = [] }), Result(solved[k]), solved[k].Form.Axes,
                    k switch { 0 => "The first derivative.", 1 => "The second derivative: the derivative of the first.", _ => $"The derivative of order {k + 1}: that of the derivative of order {k}." }, inner.Max(s => s.MaxRelativeError), inner)
                {
                    Of = k == 0 ? "f" : $"d{(k == 1 ? "" : k)}f",
                    By = last.Variable.Name,
                });
            }
            if (Result(last) is var found && found != Result(answer))
                orders.Add(new("coefficients", found, Result(answer), answer.Axes, "The change was arbitrary: what multiplies one entry of it is the entry of the tensor.", orders[^1].MaxRelativeError, []));
            steps = orders;
        }
        Demand(steps);
        return new(view, function, last.Variable, solved[0].Program.ShapeOf(solved[0].Program.Syntax.Function), steps) { Layouts = layouts };
    }

    /// <summary>The last word of a derivation: the text of the derivative, or one entry of it.</summary>
    public static string Result(Solved solved) => Result(solved.Form);

    private static string Result(DerivativeForm form) => form.Text ?? form.Index ?? "";

    private static (string Function, IReadOnlyList<DerivationStep> Steps, IReadOnlyList<LaidOutDerivative> Layouts) OfOne(Solved solved, DerivationView view, Work work)
    {
        var context = new DerivationContext(solved, finds: view != DerivationView.Differential, work);
        var steps = view switch
        {
            DerivationView.Differential => DifferentialView.Of(context),
            DerivationView.Element => ElementView.Of(context),
            _ => ChainRuleView.Of(context),
        };
        return (context.Quantities[^1].Name, steps, context.Layouts);
    }

    private static void Demand(IEnumerable<DerivationStep> steps)
    {
        foreach (var step in steps.SelectMany(s => s.All))
            if (step.MaxRelativeError > Tolerance)
                throw new NablaException(ErrorCode.Internal, $"The step '{step.Rule}' from {step.Before} to {step.After} is not right: its relative error is {step.MaxRelativeError:g3}.");
    }
}
