using Nabla.Expressions.Compilation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Writes the tensors of a compiled expression in another language.</summary>
internal static class CodeWriter
{
    /// <summary>A function of the inputs that returns all results.</summary>
    /// <exception cref="NablaException">The language has no words for a function.</exception>
    /// <exception cref="ArgumentException">The name is no identifier of the language, or a word that its code needs.</exception>
    public static string Write(Compiled compiled, CodeTarget target, string name)
    {
        (Core.Node Node, bool IsDerivative)[] results = [.. compiled.Results.Select(r => (r.Node, r.IsDerivative))];
        return target switch
        {
            CodeTarget.NumPy => PythonWriter.Write(PythonDialect.NumPy, name, compiled.Inputs, results),
            CodeTarget.PyTorch => PythonWriter.Write(PythonDialect.PyTorch, name, compiled.Inputs, results),
            CodeTarget.Jax => PythonWriter.Write(PythonDialect.Jax, name, compiled.Inputs, results),
            _ => LoopWriter.Write(LoopDialect.Of(target), name, compiled.Inputs, results),
        };
    }
}
