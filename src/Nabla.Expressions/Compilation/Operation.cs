namespace Nabla.Expressions.Compilation;

/// <summary>What one instruction of a tape computes, entry by entry, of registers a and b and a number c.</summary>
internal enum Operation
{
    /// <summary>a</summary>
    Copy,

    /// <summary>c</summary>
    Fill,

    /// <summary>a + b</summary>
    Add,

    /// <summary>a - b</summary>
    Subtract,

    /// <summary>a b</summary>
    Multiply,

    /// <summary>a / b</summary>
    Divide,

    /// <summary>c a</summary>
    Scale,

    /// <summary>a + c</summary>
    Offset,

    /// <summary>c a + b</summary>
    ScaleAdd,

    /// <summary>c a b</summary>
    ScaledProduct,

    /// <summary>c / a</summary>
    Reciprocal,

    /// <summary>a²</summary>
    Square,

    /// <summary>√a</summary>
    Root,

    /// <summary>a to the power c</summary>
    PowerOf,

    /// <summary>a to the power b</summary>
    Power,

    /// <summary>max(a, b)</summary>
    Maximum,

    /// <summary>min(a, b)</summary>
    Minimum,

    /// <summary>|a|</summary>
    Abs,

    /// <summary>The sign of a.</summary>
    Sign,

    /// <summary>max(a, 0)</summary>
    Relu,

    /// <summary>e to the power a</summary>
    Exp,

    /// <summary>e to the power a, less 1</summary>
    Expm1,

    /// <summary>log a</summary>
    Log,

    /// <summary>log(1 + a)</summary>
    Log1p,

    /// <summary>sin a</summary>
    Sin,

    /// <summary>cos a</summary>
    Cos,

    /// <summary>tanh a</summary>
    Tanh,

    /// <summary>1 / (1 + e to the power -a)</summary>
    Sigmoid,

    /// <summary>sigmoid(a) sigmoid(-a)</summary>
    SigmoidSlope,

    /// <summary>log(1 + e to the power a)</summary>
    Softplus,

    /// <summary>log(1 + e to the power -a)</summary>
    SoftplusOfNegative,

    /// <summary>1 where a is 0, else a to the power c: the subgradient of a norm.</summary>
    NormPower,

    /// <summary>A function of the operator table, entry by entry.</summary>
    Function,
}
