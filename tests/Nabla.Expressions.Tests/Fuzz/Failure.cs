namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>A law that a program breaks.</summary>
/// <param name="Law">The law: while a program is shrunk it stays the same.</param>
/// <param name="Message">What was found.</param>
internal sealed record Failure(string Law, string Message);
