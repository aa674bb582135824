using System.Numerics;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <content>Compiled evaluation.</content>
public sealed partial class Expr
{
    /// <summary>The name of a variable.</summary>
    /// <exception cref="NablaException">The expression is not a variable.</exception>
    internal string VariableName => _syntax is Notation.Syntax.NameSyntax name ? name.Name : throw new NablaException(ErrorCode.Kind, $"A variable is needed, but {this} is an expression.");

    /// <summary>A plan that evaluates the expression and its derivatives together, in <see cref="double"/>.</summary>
    /// <param name="outputs">What is computed; the value alone where nothing is said.</param>
    /// <exception cref="NablaException">Shapes do not fit, or there is no derivative.</exception>
    public CompiledExpression<double> Compile(params IReadOnlyList<Output> outputs) => Compile<double>(outputs);

    /// <summary>A plan that evaluates the expression and its derivatives together.</summary>
    /// <typeparam name="T">The type of the entries: <see cref="double"/> or <see cref="float"/>.</typeparam>
    /// <param name="outputs">What is computed; the value alone where nothing is said.</param>
    /// <exception cref="NablaException">Shapes do not fit, or there is no derivative.</exception>
    public CompiledExpression<T> Compile<T>(params IReadOnlyList<Output> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        // A variable that the expression does not hold has its shape from its declaration.
        var declarations = outputs.SelectMany(o => o.Declarations).ToArray();
        var program = Program();
        return new(new Compiled(program with { Declarations = [.. program.Declarations.Union(declarations)] }, [], outputs));
    }

    internal IReadOnlyList<Notation.Syntax.Declaration> Declarations => _declarations;
}
