using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions;

/// <summary>One result of a compiled expression: the value, a derivative, or the product of a derivative with a vector.</summary>
public sealed record Output
{
    private Output(string name) => Name = name;

    /// <summary>The name of the result, for looking it up.</summary>
    public string Name { get; private init; }

    /// <summary>The variable of the derivative; null for the value.</summary>
    public string? Variable { get; private init; }

    /// <summary>The order of the derivative; 0 for the value.</summary>
    public int Order { get; private init; }

    /// <summary>The name of the vector that the derivative is multiplied by, from the right; null where it is not.</summary>
    public string? Right { get; private init; }

    /// <summary>The name of the vector that the derivative is multiplied by, from the left; null where it is not.</summary>
    public string? Left { get; private init; }

    internal IReadOnlyList<Declaration> Declarations { get; private init; } = [];

    /// <summary>The value of the expression.</summary>
    public static Output Value { get; } = new("value");

    /// <summary>The gradient, or the derivative of a vector or matrix, by a variable: the axes of the function, then those of the variable.</summary>
    /// <param name="variable">The variable.</param>
    public static Output Derivative(Expr variable) => Derivative(Named(variable)) with { Declarations = variable.Declarations };

    /// <summary>The derivative by a variable that is given by its name.</summary>
    /// <param name="variable">The name.</param>
    /// <param name="order">The order, from 1.</param>
    public static Output Derivative(string variable, int order = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        return new(order == 1 ? $"d{variable}" : $"d{order}{variable}") { Variable = variable, Order = order };
    }

    /// <summary>The second derivative by a variable.</summary>
    /// <param name="variable">The variable.</param>
    public static Output Hessian(Expr variable) => Derivative(Named(variable), 2) with { Declarations = variable.Declarations };

    /// <summary>The Hessian of a scalar function times a vector, which is an input of its own; the Hessian itself is never formed.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="vector">The name of the vector; its shape is that of the variable.</param>
    public static Output HessianTimes(string variable, string vector) => Derivative(variable, 2) with { Name = $"d2{variable}*{vector}", Right = Named(vector) };

    /// <summary>The Jacobian times a vector, which is an input of its own; the Jacobian itself is never formed.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="vector">The name of the vector; its shape is that of the variable.</param>
    public static Output JacobianTimes(string variable, string vector) => Derivative(variable) with { Name = $"d{variable}*{vector}", Right = Named(vector) };

    /// <summary>A vector, which is an input of its own, times the Jacobian; the Jacobian itself is never formed.</summary>
    /// <param name="vector">The name of the vector; its shape is that of the function.</param>
    /// <param name="variable">The variable.</param>
    public static Output TimesJacobian(string vector, string variable) => Derivative(variable) with { Name = $"{vector}'*d{variable}", Left = Named(vector) };

    private static string Named(string vector)
    {
        ArgumentException.ThrowIfNullOrEmpty(vector);
        return vector;
    }

    private static string Named(Expr variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.VariableName;
    }
}
