namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in NumPy.</summary>
public sealed class NumPyCodeTests() : CodeLaws(new PythonLanguage(CodeTarget.NumPy, "numpy"));
