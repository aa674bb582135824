namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in PyTorch.</summary>
public sealed class PyTorchCodeTests() : CodeLaws(new PythonLanguage(CodeTarget.PyTorch, "torch"));
