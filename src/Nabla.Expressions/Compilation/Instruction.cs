using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <summary>One instruction of a tape. Registers below the number of reads are the reads, the others blocks of scratch memory.</summary>
/// <param name="Operation">What is computed.</param>
/// <param name="A">The first operand's register.</param>
/// <param name="B">The second operand's register, or -1.</param>
/// <param name="Constant">The number c.</param>
/// <param name="Target">The register of the value.</param>
/// <param name="Function">The function of the operator table.</param>
internal readonly record struct Instruction(Operation Operation, int A, int B, double Constant, int Target, ElementwiseOperator? Function = null);
