namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in JAX, whose place a few lines over NumPy take: the names that the documentation of JAX has, arrays that cannot be written to, nothing that a trace would refuse.</summary>
public sealed class JaxStandInCodeTests() : CodeLaws(new PythonLanguage(CodeTarget.Jax, "jax", Path.Combine(AppContext.BaseDirectory, "Code", "StandIn")));
