namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in JAX.</summary>
public sealed class JaxCodeTests() : CodeLaws(new PythonLanguage(CodeTarget.Jax, "jax"));
