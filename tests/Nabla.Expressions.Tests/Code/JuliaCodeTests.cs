namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in Julia.</summary>
public sealed class JuliaCodeTests() : CodeLaws(new JuliaLanguage());
