using System.Globalization;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Explanation;

/// <summary>Tells a derivation as headings, sentences and lines of formulas, for every format alike.</summary>
/// <param name="derivation">The derivation.</param>
/// <param name="level">How much is told.</param>
internal sealed class Outline(Derivation derivation, DerivationLevel level)
{
    private readonly List<OutlineBlock> _blocks = [];
    private string _heading = "";

    /// <summary>The blocks.</summary>
    public IReadOnlyList<OutlineBlock> Blocks()
    {
        Tell(derivation.Steps, derivation.Function);
        if (level != DerivationLevel.Short && derivation.Layouts.Count > 0) TellLayouts();
        double[] errors = [.. derivation.Steps.SelectMany(s => s.All).Select(s => s.MaxRelativeError).OfType<double>()];
        int steps = derivation.Steps.SelectMany(s => s.All).Count();
        if (errors.Length > 0)
            Sentence(0, string.Create(CultureInfo.InvariantCulture, $"Each of the {steps} steps was compared with numbers at random points: the largest relative error is {errors.Max():0.0e0}."));
        return _blocks;
    }

    /// <summary>A shape as it is written under a formula: a column is n x 1, a number 1 x 1.</summary>
    public static string ShapeText(IReadOnlyList<Dimension> shape) => shape.Count switch
    {
        0 => "1 x 1",
        1 => $"{shape[0]} x 1",
        _ => string.Join(" x ", shape),
    };

    private void Tell(IReadOnlyList<DerivationStep> steps, string f)
    {
        foreach (var step in steps)
            switch (step.Rule)
            {
                case "derivative":
                    Heading(step.Reason.TrimEnd('.'));
                    Formula(0, [new(OutlinePieceKind.Formula, step.Before)]);
                    Tell(step.Steps, f);
                    break;
                case "definition":
                    Heading("Quantities");
                    Line(0, step, [new(OutlinePieceKind.Formula, step.Before), Equal, new(OutlinePieceKind.Formula, step.After)]);
                    break;
                case "entry":
                    Heading("Entries");
                    Line(0, step, [new(OutlinePieceKind.Formula, step.After)]);
                    Because(1, step);
                    break;
                case "chain-rule" when step.By is not null && step.Factors.Count > 0:
                    Heading("Chain rule");
                    TellProduct(step);
                    break;
                case "layout" or "projection" or "substitution" or "canonical-form" or "identification" or "matrix-form" or "coefficients" or "constant" when step.Of is null || step.By is not null:
                    Heading("Result");
                    Because(0, step, always: level != DerivationLevel.Short);
                    TellResult(step, f);
                    break;
                case var _ when step is { Of: { } of, By: { } by }:
                    Heading("Partial derivatives");
                    Line(0, step, step.Shape.Count > 2 ? [new(OutlinePieceKind.Formula, step.After)] : [new(OutlinePieceKind.Partial, of, by), Equal, new(OutlinePieceKind.Formula, step.After)]);
                    TellPartial(step);
                    break;
                default:
                    Heading("Differentials");
                    Line(0, step, [new(OutlinePieceKind.Formula, $"d{step.Of}"), Equal, new(OutlinePieceKind.Formula, step.After)]);
                    Because(1, step);
                    TellInner(step.Steps, 2);
                    break;
            }
    }

    // The rules of which the differential is made, then the differential itself, in the form from which the derivative is read.
    private void TellPartial(DerivationStep step)
    {
        if (level == DerivationLevel.Short) return;
        var read = step.Steps.FirstOrDefault(s => s.Rule == "read-off");
        bool isTold = level == DerivationLevel.Every || !step.Steps.Any(s => s.IsTrivial && s.Before == step.Before);
        if (isTold || read is null) Because(1, step);
        TellInner([.. step.Steps.Where(s => s != read).SelectMany(s => s.Before == step.Before ? s.Steps : [s])], 1);
        if (read is null) return;
        Formula(1, [new(OutlinePieceKind.Formula, $"d{read.Of}"), Equal, new(OutlinePieceKind.Formula, read.Before), .. read.After == read.Before ? [] : new[] { Equal, new(OutlinePieceKind.Formula, read.After) }, .. Error(read)]);
        Because(1, read);
    }

    private static OutlinePiece Equal { get; } = new(OutlinePieceKind.Equals, "=");

    private void TellProduct(DerivationStep step)
    {
        Because(0, step);
        var pieces = new List<OutlinePiece> { new(OutlinePieceKind.Partial, step.Of!, step.By!), Equal };
        string f = step.Of!;
        for (int k = 0; k < step.Factors.Count; k++)
        {
            var factor = step.Factors[k];
            // A new path begins with the function.
            if (k > 0) pieces.Add(factor.Of == f ? new(OutlinePieceKind.Plus, "+") : new(OutlinePieceKind.Times, "*"));
            pieces.Add(new(OutlinePieceKind.Partial, factor.Of, factor.By, ShapeText(factor.Shape)));
        }
        Formula(0, pieces);
        bool isProduct = !step.Before.Contains(" . ", StringComparison.Ordinal) && !step.Before.Contains("/d", StringComparison.Ordinal);
        if (isProduct && step.Before != step.After) Formula(0, [.. IsDifferential(step) ? new OutlinePiece[] { new(OutlinePieceKind.Formula, $"d{f}"), Equal } : [Equal], new(OutlinePieceKind.Formula, step.Before)]);
        Line(0, step, step.Shape.Count > 2 ? [new(OutlinePieceKind.Formula, step.After)] : IsDifferential(step) ? [new(OutlinePieceKind.Partial, step.Of!, step.By!), Equal, new(OutlinePieceKind.Formula, step.After)] : [Equal, new(OutlinePieceKind.Formula, step.After)]);
    }

    private static bool IsDifferential(DerivationStep step) => step.Reason.Contains("factors are moved around the trace", StringComparison.Ordinal);

    private void TellLayouts()
    {
        Heading("Layouts");
        Sentence(0, "Books differ in what the rows of a derivative belong to; the numbers are the same.");
        foreach (var layout in derivation.Layouts)
        {
            Formula(0, [new(OutlinePieceKind.Words, $"{layout.Name}: "), new(OutlinePieceKind.Formula, layout.Text), new(OutlinePieceKind.Shape, ShapeText(layout.Shape))]);
            Sentence(1, char.ToUpperInvariant(layout.Reason[0]) + layout.Reason[1..]);
        }
    }

    // A program of several statements: the names first.
    private void TellResult(DerivationStep step, string f)
    {
        string[] statements = step.After.Split("; ");
        foreach (string name in statements[..^1]) Formula(1, [new(OutlinePieceKind.Words, "with "), new(OutlinePieceKind.Formula, name)]);
        Line(0, step, Result(step with { After = statements[^1] }, f));
    }

    private OutlinePiece[] Result(DerivationStep step, string f) => step.Shape.Count > 2 || step.After.Contains(" = ", StringComparison.Ordinal) && !step.After.Contains(';', StringComparison.Ordinal)
        ? [new(OutlinePieceKind.Formula, step.After)]
        : [new(OutlinePieceKind.Partial, f, derivation.Variable.Name), Equal, new(OutlinePieceKind.Formula, step.After)];

    private void TellInner(IReadOnlyList<DerivationStep> steps, int depth)
    {
        if (level == DerivationLevel.Short) return;
        foreach (var step in steps)
        {
            // A trivial step is folded: what stands in it is told in its place.
            bool isTold = level == DerivationLevel.Every || !step.IsTrivial;
            if (isTold)
            {
                Formula(depth, [new(OutlinePieceKind.Formula, $"d({step.Before})"), Equal, new(OutlinePieceKind.Formula, step.After), .. Error(step)]);
                Because(depth + 1, step);
            }
            TellInner(step.Steps, isTold ? depth + 1 : depth);
        }
    }

    // The rules of school are named; of others the reason says enough.
    private static readonly Dictionary<string, string> s_rules = new(StringComparer.Ordinal)
    {
        ["product-rule"] = "Product rule",
        ["quotient-rule"] = "Quotient rule",
        ["power-rule"] = "Power rule",
        ["sum-rule"] = "Sum rule",
    };

    private void Because(int depth, DerivationStep step, bool always = false)
    {
        if (!always && level == DerivationLevel.Short) return;
        // A chain rule without factors is the one that a function of something brings.
        string? name = step.Rule == "chain-rule" && step.Factors.Count == 0 ? "Chain rule" : s_rules.GetValueOrDefault(step.Rule);
        Sentence(depth, name is null || step.Reason.Length == 0 ? step.Reason : $"{name}: {(char.IsUpper(step.Reason[0]) && step.Reason.Length > 1 && !char.IsUpper(step.Reason[1]) ? char.ToLowerInvariant(step.Reason[0]) + step.Reason[1..] : step.Reason)}");
    }

    private void Heading(string text)
    {
        if (_heading == text) return;
        _heading = text;
        _blocks.Add(new(OutlineKind.Heading, 0, [new(OutlinePieceKind.Words, text)]));
    }

    private void Sentence(int depth, string text) => _blocks.Add(new(OutlineKind.Sentence, depth, [new(OutlinePieceKind.Words, text)]));

    private void Formula(int depth, IReadOnlyList<OutlinePiece> pieces) => _blocks.Add(new(OutlineKind.Formula, depth, pieces));

    private void Line(int depth, DerivationStep step, IReadOnlyList<OutlinePiece> pieces) =>
        Formula(depth, [.. pieces, new(OutlinePieceKind.Shape, ShapeText(step.Shape)), .. Error(step)]);

    private OutlinePiece[] Error(DerivationStep step) => level == DerivationLevel.Every && step.MaxRelativeError is { } error
        ? [new(OutlinePieceKind.Words, string.Create(CultureInfo.InvariantCulture, $" [error {error:0e0}]"))]
        : [];
}
