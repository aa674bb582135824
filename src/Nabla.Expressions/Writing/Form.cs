using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>A piece of matrix notation with its kind and its length in tokens: what the search for the shortest reading compares.</summary>
internal sealed partial class Form
{
    private Form? _transposed;

    private Form(SyntaxNode syntax, Kind kind, int tokens, Level level) => (Syntax, Kind, Tokens, Level) = (syntax, kind, tokens, level);

    /// <summary>The syntax tree.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Scalar, column, row or matrix.</summary>
    public Kind Kind { get; }

    /// <summary>The number of tokens when it stands alone.</summary>
    public int Tokens { get; }

    /// <summary>How tightly it binds.</summary>
    public Level Level { get; }

    /// <summary>The factors, where this is a chain of matrix products; scalars stand in front.</summary>
    public IReadOnlyList<Form>? Factors { get; private init; }

    /// <summary>The terms, where this is a sum.</summary>
    public IReadOnlyList<(bool Negative, Form Form)>? Terms { get; private init; }

    /// <summary>The operands, where this is a product element by element.</summary>
    public IReadOnlyList<(bool Divides, Form Form)>? Entries { get; private init; }

    /// <summary>What is inverted, where this is <c>inv(M)</c>.</summary>
    public Form? InverseOf { get; private init; }

    /// <summary>What is on the diagonal, where this is <c>diag(v)</c> of a vector.</summary>
    public Form? DiagonalOf { get; private init; }

    /// <summary>The matrix whose diagonal this is, where this is <c>diag(M)</c> of a matrix.</summary>
    public Form? DiagonalIn { get; private init; }

    /// <summary>The matrix whose rows are summed, where this is <c>sum(M, 2)</c>.</summary>
    public Form? RowSumsOf { get; private init; }

    /// <summary>The vector that a norm is of, where this is <c>norm2(v)</c>; and the base of a power of one.</summary>
    public Form? PowerBase { get; private init; }

    /// <summary>What is squared entry by entry, where this is <c>v.^2</c>.</summary>
    public Form? SquareOf { get; private init; }

    /// <summary>What is transposed, where this is a transpose.</summary>
    public Form? TransposeOf { get; private init; }

    /// <summary>The number, where this is one.</summary>
    public Coefficient? Number { get; private init; }

    /// <summary>Whether the matrix equals its transpose.</summary>
    public bool IsSymmetric { get; private init; }

    /// <summary>A text that identifies the form.</summary>
    public string Key => field ??= NotationWriter.Write(Syntax);

    /// <summary>The tokens with brackets, if a position that needs at least a level demands them.</summary>
    public int TokensAt(Level least) => Level < least ? Tokens + 2 : Tokens;

    /// <summary>A form that a sum around it does not open.</summary>
    public static Form Closed(Form form) => form.Terms is null ? form : new(form.Syntax, form.Kind, form.Tokens, form.Level) { IsSymmetric = form.IsSymmetric };

    /// <summary>A sum; a positive term stands first where there is one.</summary>
    public static Form Add(params ReadOnlySpan<(bool Negative, Form Form)> terms)
    {
        var flat = new List<(bool Negative, Form Form)>();
        foreach (var t in terms)
        {
            if (t.Form.Terms is { } inner) foreach (var (negative, form) in inner) flat.Add((negative ^ t.Negative, form));
            else if (t.Form.NegationOf is { } positive) flat.Add((!t.Negative, positive));
            else flat.Add(t);
        }
        if (flat.Count == 1) return flat[0].Negative ? Negate(flat[0].Form) : flat[0].Form;
        int lead = flat.FindIndex(t => !t.Negative);
        if (lead > 0) (flat[0], flat[lead]) = (flat[lead], flat[0]);
        var first = flat[0].Negative ? Negate(flat[0].Form) : flat[0].Form;
        int tokens = first.Tokens;
        var syntax = new List<SumTerm> { new(false, first.Syntax) };
        for (int i = 1; i < flat.Count; i++)
        {
            tokens += 1 + flat[i].Form.TokensAt(Level.Product);
            syntax.Add(new(flat[i].Negative, flat[i].Form.Syntax));
        }
        var kind = flat.Select(t => t.Form.Kind).FirstOrDefault(k => k != Kind.Scalar);
        return new(new SumSyntax(syntax), kind, tokens, Level.Sum) { Terms = flat, IsSymmetric = flat.All(t => t.Form.IsSymmetric) };
    }
}
