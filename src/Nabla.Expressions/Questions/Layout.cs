namespace Nabla.Expressions;

/// <summary>How derivatives are laid out in notation; values as data are the same in every layout.</summary>
public enum Layout
{
    /// <summary>The gradient of a scalar has the shape of its variable; the derivative of a vector by a vector has a row for each entry of the function.</summary>
    Mixed,
    /// <summary>Rows belong to the function: the gradient of a scalar by a column is a row.</summary>
    Numerator,
    /// <summary>Rows belong to the variable: the derivative of a vector by a vector is the transposed Jacobian.</summary>
    Denominator,
}
