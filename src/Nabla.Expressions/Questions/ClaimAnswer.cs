namespace Nabla.Expressions;

/// <summary>The answer to a question whether a claimed derivative is right.</summary>
/// <param name="Verdict">Whether it is, and if not, why.</param>
/// <param name="Right">The right derivative.</param>
public sealed record ClaimAnswer(ClaimVerdict Verdict, DerivativeAnswer Right);
