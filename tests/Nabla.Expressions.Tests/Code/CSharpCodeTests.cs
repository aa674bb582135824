namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in C#.</summary>
public sealed class CSharpCodeTests() : CodeLaws(new CSharpLanguage());
