using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Other words for the same function of the same variables.</summary>
internal static class Formulations
{
    /// <summary>A program in other words, with the shapes of its variables declared.</summary>
    public static IEnumerable<GeneratedProgram> Of(GeneratedProgram question)
    {
        var typed = question.Typed();
        // A declaration has no words for the sums and products of dimensions.
        if (typed.Variables.Any(v => v.Shape.Axes.Any(a => a.Name is null && a.Size is null))) yield break;
        Declaration[] declarations = [.. typed.Variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default))];
        var program = question with { Program = typed.Syntax, Declarations = [.. declarations.Reverse()] };
        yield return program;
        yield return program with { Program = program.Program with { Function = new TransposeSyntax(new TransposeSyntax(program.Program.Function)) } };
        yield return program with { Program = program.Program with { Bindings = [.. program.Program.Bindings, new(["whole"], program.Program.Function, [default])], Function = new NameSyntax("whole") } };
        var inlined = program.Program;
        while (inlined.Bindings.Count > 0 && inlined.Bindings.All(b => b.Names.Count == 1)) inlined = SyntaxTrees.Inlined(inlined, inlined.Bindings.Count - 1);
        if (program.Program.Bindings.Count > 0) yield return program with { Program = inlined };
    }
}
