using System.Numerics;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

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

    /// <summary>The Jacobian at a point, which is not formed.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="at">The values of all variables.</param>
    /// <exception cref="NablaException">Shapes do not fit, or there is no derivative.</exception>
    public StructuredDerivative<double> Jacobian(Expr variable, params IEnumerable<(Expr Variable, NDArray<double> Value)> at) => Structured(variable, 1, at);

    /// <summary>The Hessian at a point, which is not formed.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="at">The values of all variables.</param>
    /// <exception cref="NablaException">The expression is no scalar, shapes do not fit, or there is no derivative.</exception>
    public StructuredDerivative<double> Hessian(Expr variable, params IEnumerable<(Expr Variable, NDArray<double> Value)> at) => Structured(variable, 2, at);

    private StructuredDerivative<double> Structured(Expr variable, int order, IEnumerable<(Expr Variable, NDArray<double> Value)> at)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(at);
        var derivative = new StructuredDerivative<double>(Whole(variable), [], variable.VariableName, order);
        foreach (var (name, value) in at) derivative.Set(name.VariableName, value);
        return derivative;
    }

    internal IReadOnlyList<Notation.Syntax.Declaration> Declarations => _declarations;
}
