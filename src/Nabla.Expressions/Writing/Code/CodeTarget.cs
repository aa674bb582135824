namespace Nabla.Expressions;

/// <summary>A language, with its library, that code is written in.</summary>
public enum CodeTarget
{
    /// <summary>C# over arrays of Nabla.Numerics.</summary>
    CSharp,

    /// <summary>Python over NumPy.</summary>
    NumPy,

    /// <summary>Python over PyTorch.</summary>
    PyTorch,

    /// <summary>Python over JAX.</summary>
    Jax,

    /// <summary>Julia.</summary>
    Julia,

    /// <summary>MATLAB.</summary>
    Matlab,
}
