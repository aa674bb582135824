namespace Nabla.Expressions;

/// <summary>Whether a claimed derivative is right, and if not, which mistake explains it.</summary>
/// <param name="IsCorrect">Whether the claim equals the derivative at every point at which both were compared.</param>
/// <param name="Mistake">The mistake that explains a wrong claim; null for a right one.</param>
/// <param name="Message">What is wrong, where and by how much, in words.</param>
/// <param name="MaxRelativeError">The largest difference of an entry, relative to the largest entry; infinite where the shapes differ.</param>
public sealed record ClaimVerdict(bool IsCorrect, Mistake? Mistake, string Message, double MaxRelativeError);
