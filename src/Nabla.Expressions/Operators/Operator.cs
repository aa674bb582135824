using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>Everything that the system knows about one function of the notation.</summary>
/// <remarks>
/// One operator is one file. Concrete operators are found by the source generator; their list is <see cref="OperatorTable"/>.
/// Infix and postfix signs are operators too; their <see cref="Symbol"/> is the sign and <see cref="Name"/> the word.
/// </remarks>
internal abstract class Operator
{
    /// <summary>The function's name in the notation, or the word for a sign: <c>exp</c>, <c>hadamard</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that mean the same.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The sign of an infix or postfix operator, such as <c>.*</c>; null for a function.</summary>
    public virtual string? Symbol => null;

    /// <summary>Whether programs can call it by its name; false for what only derivatives are made of.</summary>
    public virtual bool InNotation => true;

    /// <summary>Whether a sign can also be called as a function: <c>kron(A, B)</c>.</summary>
    public virtual bool IsFunction => Symbol is null;

    /// <summary>How many arguments it takes, at least and at most.</summary>
    public virtual (int Least, int Most) Arity => (1, 1);

    /// <summary>Whether the arguments are sizes (<c>eye(n)</c>), to be read by <see cref="ShapeRule.SizeOf"/>, and not values.</summary>
    public virtual bool TakesSizes => false;

    /// <summary>What it computes, as a formula or one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>A one-line example in the notation that parses and has a value.</summary>
    public abstract string Example { get; }

    /// <summary>
    /// For a function with a derivative rule of its own, its differential in the notation, of the argument <c>x</c>, a vector, or
    /// <c>X</c>, a matrix, and the argument's differential <c>dx</c> or <c>dX</c>; null for others.
    /// </summary>
    public virtual string? Differential => null;

    /// <summary>The simplifications that have this operator at the root of their left side.</summary>
    public virtual IReadOnlyList<Rule> Rules => [];

    /// <summary>The shape of the result; unifies dimensions as it goes.</summary>
    /// <exception cref="NablaException">The shapes do not fit.</exception>
    public abstract Shape Infer(ShapeRule rule);

    /// <summary>The operator in the terms of the core.</summary>
    /// <exception cref="NablaException">There is no definition or rule (<see cref="ErrorCode.Unsupported"/>).</exception>
    public abstract Term Define(Definition d);

    /// <summary>The value, computed by the obvious loop or one call into Nabla.Numerics: the reference of everything else.</summary>
    public abstract Value Evaluate(Arguments a);
}
