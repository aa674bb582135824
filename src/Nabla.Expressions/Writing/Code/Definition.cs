using System.Text.RegularExpressions;

namespace Nabla.Expressions.Writing.Code;

/// <summary>A function that a language lacks, written out beside the code that calls it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The definition.</param>
internal sealed record Definition(string Name, string Text)
{
    /// <summary>The definitions that code needs, and those that they need; each calls only those before it.</summary>
    public static IReadOnlyList<Definition> Needed(string code, IReadOnlyList<Definition> definitions)
    {
        var needed = new List<Definition>();
        foreach (var definition in definitions.Reverse())
        {
            if (!Regex.IsMatch(code, $@"(?<![\w.]){definition.Name}\(")) continue;
            needed.Insert(0, definition);
            code += definition.Text;
        }
        return needed;
    }
}
