using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation;

/// <summary>Typesets the texts of a derivation: formulas of the notation, and lines of index notation.</summary>
internal static class TypesetFormula
{
    /// <summary>The formula in a target; null where the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="write">Typesets a program.</param>
    /// <param name="equals">The sign of equality in the target.</param>
    public static string? Write(string text, Func<ProgramSyntax, string> write, string equals)
    {
        try
        {
            return write(Parser.Parse(text));
        }
        catch (NablaException)
        {
            // D[i,j] = ... is no statement: both sides are expressions.
            int sign = text.IndexOf(" = ", StringComparison.Ordinal);
            return sign < 0 || Write(text[..sign], write, equals) is not { } left || Write(text[(sign + 3)..], write, equals) is not { } right ? null : left + equals + right;
        }
    }
}
