namespace Nabla.Expressions.Compilation;

/// <summary>Says that numbers on the way left the range of the type, where the results may be within it.</summary>
internal sealed class RangeException : Exception;
