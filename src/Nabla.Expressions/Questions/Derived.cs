using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>A program with its derivatives in the terms of the core.</summary>
/// <param name="Program">The program.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Written">The derivatives as they read best.</param>
/// <param name="Proven">The derivatives that have a value wherever there is one: the same, or those with cofactors.</param>
/// <param name="DeclaredDimensions">The names of dimensions that declarations use.</param>
/// <param name="Notes">What was assumed and what one should know.</param>
internal sealed record Derived(TypedProgram Program, Variable Variable, Tower Written, Tower Proven, IReadOnlySet<string> DeclaredDimensions, List<string> Notes)
{
    /// <summary>The tensor of the variable, where derivatives read best.</summary>
    public SymbolNode X => Written.Tensors.Symbol(Variable.Name, Variable.Shape.Axes, Written.Tensors.PropertiesOf(Variable));
}
