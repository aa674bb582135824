using System.Globalization;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Tells a computation as headings, sentences and lines of formulas, for every format alike.</summary>
/// <param name="computation">The computation.</param>
/// <param name="level">How much is told: the operations, also the matrices after every pivot, or every single operation with its matrix.</param>
internal sealed class ComputationOutline(Computation computation, DerivationLevel level)
{
    // What these end in stands in the line before or after them.
    private static readonly HashSet<string> s_summing = ["reduced-echelon-form", "echelon-form", "rank", "inverse", "determinant"];

    private readonly List<OutlineBlock> _blocks = [];
    private string _heading = "";

    /// <summary>The blocks.</summary>
    public IReadOnlyList<OutlineBlock> Blocks()
    {
        foreach (var step in computation.Steps)
        {
            if (step.Rule == "value") TellValue(step);
            else TellFunction(step);
        }
        DerivationStep[] all = [.. computation.Steps.SelectMany(s => s.All)];
        Sentence(0, string.Create(CultureInfo.InvariantCulture, $"Each of the {all.Length} steps was repeated in double precision: the largest relative error is {all.Max(s => s.MaxRelativeError):0.0e0}."));
        return _blocks;
    }

    private void TellValue(DerivationStep step)
    {
        Heading("Values");
        bool isLiteral = step.Before.Split('[', ']', ' ', ',', ';').All(e => double.TryParse(e, CultureInfo.InvariantCulture, out _) || e.Length == 0);
        Formula(0, [new(OutlinePieceKind.Formula, step.Of!), Equal, .. isLiteral || step.Before == step.After || step.Before == step.Of ? Array.Empty<OutlinePiece>() : [new(OutlinePieceKind.Formula, step.Before), Equal], Piece(step), .. Error(step)]);
        if (step.Reason.StartsWith("Rounded", StringComparison.Ordinal)) Sentence(1, step.Reason);
    }

    private void TellFunction(DerivationStep step)
    {
        Heading(step.Of!);
        Tell(step.Steps, 0);
        if (!step.After.Contains(" = ", StringComparison.Ordinal)) Formula(0, [new(OutlinePieceKind.Formula, step.Of!), Equal, Piece(step)]);
        if (step.Reason.StartsWith("The value", StringComparison.Ordinal)) Sentence(0, step.Reason);
    }

    private void Tell(IReadOnlyList<DerivationStep> steps, int depth)
    {
        foreach (var step in steps)
            switch (step.Rule)
            {
                case "pivot" when level == DerivationLevel.Every:
                    Tell(step.Steps, depth);
                    break;
                case "pivot" or "row-operation":
                    Sentence(depth, step.Reason);
                    if (level != DerivationLevel.Short) Formula(depth, [Piece(step), .. Error(step)]);
                    break;
                case var rule when s_summing.Contains(rule):
                    Sentence(depth, step.Reason);
                    break;
                default:
                    Sentence(depth, step.Reason);
                    Tell(step.Steps, depth + 1);
                    TellLine(depth, step);
                    break;
            }
    }

    private void TellLine(int depth, DerivationStep step)
    {
        bool isEquation = step.Before.Contains(" = ", StringComparison.Ordinal);
        OutlinePiece between = isEquation ? new(OutlinePieceKind.Words, "  gives  ") : Equal;
        bool isRepeated = step.Before == step.After;
        Formula(depth, [.. isRepeated ? Array.Empty<OutlinePiece>() : [new(OutlinePieceKind.Formula, step.Before), between], Piece(step), .. Error(step)]);
    }

    private static OutlinePiece Equal { get; } = new(OutlinePieceKind.Equals, "=");

    private static OutlinePiece Piece(DerivationStep step) => step.After is ['[', .. var inside, ']'] && !inside.Contains('[', StringComparison.Ordinal)
        ? new(OutlinePieceKind.Matrix, step.After, step.Divider > 0 ? step.Divider.ToString(CultureInfo.InvariantCulture) : "")
        : new(OutlinePieceKind.Formula, step.After);

    private void Heading(string text)
    {
        if (_heading == text) return;
        _heading = text;
        _blocks.Add(new(OutlineKind.Heading, 0, [new(OutlinePieceKind.Words, text)]));
    }

    private void Sentence(int depth, string text) => _blocks.Add(new(OutlineKind.Sentence, depth, [new(OutlinePieceKind.Words, text)]));

    private void Formula(int depth, IReadOnlyList<OutlinePiece> pieces) => _blocks.Add(new(OutlineKind.Formula, depth, pieces));

    private OutlinePiece[] Error(DerivationStep step) => level == DerivationLevel.Every && step.MaxRelativeError is { } error
        ? [new(OutlinePieceKind.Words, string.Create(CultureInfo.InvariantCulture, $" [error {error:0e0}]"))]
        : [];
}
