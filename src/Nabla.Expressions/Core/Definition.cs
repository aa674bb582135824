using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>What an operator's definition is written with: its arguments and the tensors that can be made of them.</summary>
/// <remarks>
/// Free indices are carried along: a specification names the axes of the values only. The axes of a scalar are none, of a column
/// or a row one, of a matrix two (rows, columns).
/// </remarks>
internal sealed class Definition
{
    /// <summary>An argument.</summary>
    public Term this[int argument] => throw new NotImplementedException();

    /// <summary>The number of arguments.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The shape of an argument.</summary>
    public Shape ShapeOf(int argument) => throw new NotImplementedException();

    /// <summary>The shape of the result.</summary>
    public Shape Shape => throw new NotImplementedException();

    /// <summary>An argument that is a number written in the program (an exponent, the axis of a sum); null if it is not one.</summary>
    public Coefficient? Literal(int argument) => throw new NotImplementedException();

    /// <summary>A contraction: <c>Einsum("ij,jk->ik", A, B)</c>. A result label that stands twice is a delta.</summary>
    public Term Einsum(string specification, params ReadOnlySpan<Term> operands) => throw new NotImplementedException();

    /// <summary>The sum of all entries.</summary>
    public Term Sum(Term x) => throw new NotImplementedException();

    /// <summary>Element by element; a scalar is broadcast.</summary>
    public Term Add(Term x, Term y) => throw new NotImplementedException();

    /// <summary>A multiple.</summary>
    public Term Scale(Coefficient factor, Term x) => throw new NotImplementedException();

    /// <summary>Element by element; a scalar is broadcast.</summary>
    public Term Multiply(Term x, Term y) => throw new NotImplementedException();

    /// <summary>Every entry to a rational power.</summary>
    public Term Power(Term x, Coefficient exponent) => throw new NotImplementedException();

    /// <summary>A scalar function element by element; scalars are broadcast.</summary>
    public Term Map(ElementwiseOperator function, params ReadOnlySpan<Term> arguments) => throw new NotImplementedException();

    /// <summary>A function of the whole value.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Its argument.</param>
    /// <param name="operated">How many trailing axes of the argument the function acts on; the axes before are treated one by one.</param>
    public Term Apply(TensorOperator function, Term x, int operated) => throw new NotImplementedException();

    /// <summary>A number.</summary>
    public Term Constant(Coefficient value) => throw new NotImplementedException();

    /// <summary>A tensor of ones with the axes of a shape.</summary>
    public Term Ones(Shape shape) => throw new NotImplementedException();

    /// <summary>The identity matrix.</summary>
    public Term Identity(Dimension size) => throw new NotImplementedException();

    /// <summary>The size of a dimension as a scalar: exact where it is known, else a symbol.</summary>
    public Term Size(Dimension dimension) => throw new NotImplementedException();

    /// <summary>A 3-axis tensor P[I,i,k] that is 1 where I = i*size(k) + k (from 0): it merges two axes into one, the second running faster.</summary>
    public Term Pair(Dimension slow, Dimension fast) => throw new NotImplementedException();
}
