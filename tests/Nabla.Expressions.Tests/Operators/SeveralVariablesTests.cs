using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Fuzz;

namespace Nabla.Expressions.Tests.Operators;

/// <summary>Derivatives by all variables of a program from one sweep.</summary>
public class SeveralVariablesTests
{
    private const int Programs = 2000;

    [Fact]
    public void They_are_the_tensors_that_each_variable_has_alone()
    {
        int compared = 0;
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = ProgramGenerator.Of(seed).Typed();
            Tensors tensors;
            Node function;
            try
            {
                (tensors, _, function) = ImpliedDomain.Elaborate(program, Work.Unlimited, []);
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain)
            {
                continue; // The function is nowhere defined.
            }
            SymbolNode[] variables = [.. program.Variables.Select(v => tensors.Symbol(v.Name, v.Shape.Axes, tensors.PropertiesOf(v)))];
            if (variables.Length < 2 || function.Order + variables.Max(v => v.Order) > Limits.TensorOrder) continue;
            Node[] together;
            try
            {
                together = new Differentiation(tensors).Derivatives(function, variables);
            }
            catch (NablaException e) when (e.Code is ErrorCode.Unsupported or ErrorCode.Domain or ErrorCode.Limit)
            {
                Assert.Contains(variables, x => Throws(e.Code, () => new Differentiation(tensors).Derivative(function, x)));
                continue;
            }
            for (int i = 0; i < variables.Length; i++) Assert.Same(new Differentiation(tensors).Derivative(function, variables[i]), together[i]);
            compared++;
        }
        Assert.True(compared > Programs / 4, $"Only {compared} programs were compared.");
    }

    private static bool Throws(ErrorCode code, Action derive)
    {
        try
        {
            derive();
            return false;
        }
        catch (NablaException e)
        {
            return e.Code == code;
        }
    }
}
