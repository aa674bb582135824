using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Prints a formula as MathML Core with the dimensions of every factor under it.</summary>
internal static class DimensionedFormula
{
    /// <summary>Prints a text of the notation.</summary>
    /// <param name="text">A program without declarations.</param>
    /// <param name="variables">Its variables with the shapes that are used.</param>
    /// <param name="work">The budget.</param>
    /// <returns>The formula; null where its shapes do not follow from those of the variables.</returns>
    public static string? Write(string text, IReadOnlyList<Variable> variables, Work work)
    {
        try
        {
            var syntax = Parser.Parse(text) with { Declarations = [] };
            Declaration[] declarations = [.. variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default))];
            var program = Inference.Infer(syntax, declarations, new Dictionary<string, GivenShape>(), work);
            return MathmlWriter.Write(program, work);
        }
        catch (NablaException e) when (e.Code != ErrorCode.Limit)
        {
            return null;
        }
    }
}
