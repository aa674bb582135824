using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Prints syntax trees as MathML Core.</summary>
public static class MathmlWriter
{
    private static readonly MathmlMarkup s_markup = new();

    /// <summary>Prints an expression.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="Notation.NablaException">The text would exceed <see cref="Limits.OutputCharacters"/>.</exception>
    public static string Write(SyntaxNode node, Work? work = null) => Typesetter.Write(node, s_markup, work);

    /// <summary>Prints a program: its bindings and its function.</summary>
    /// <param name="program">The program.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="Notation.NablaException">The text would exceed <see cref="Limits.OutputCharacters"/>.</exception>
    public static string Write(ProgramSyntax program, Work? work = null) => Typesetter.Write(program, s_markup, work);

    /// <summary>Prints a program with the dimensions of every factor under it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="Notation.NablaException">The text would exceed <see cref="Limits.OutputCharacters"/>.</exception>
    public static string Write(Notation.TypedProgram program, Work? work = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Typesetter.Write(program.Syntax, s_markup, work, program.FindShape);
    }
}
