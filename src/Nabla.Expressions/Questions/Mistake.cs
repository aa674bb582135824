namespace Nabla.Expressions;

/// <summary>The known mistakes in derivatives, in the order in which they are looked for.</summary>
public enum Mistake
{
    /// <summary>The claim, or one term of it, has the wrong sign.</summary>
    Sign,
    /// <summary>The claim, or one term of it, has the wrong constant factor.</summary>
    Factor,
    /// <summary>The claim is the derivative in another layout.</summary>
    WrongLayout,
    /// <summary>The claim, or one factor of it, is transposed.</summary>
    Transposed,
    /// <summary>A sum M + M' was replaced by 2M, as if a matrix were symmetric.</summary>
    Symmetrisation,
    /// <summary>The derivative of an inner function is missing.</summary>
    ChainRuleLost,
    /// <summary>A summand, a factor or what stands off the diagonal is missing.</summary>
    TermLost,
    /// <summary>A matrix product stands where the product element by element belongs, or the reverse.</summary>
    HadamardVsProduct,
    /// <summary>The claim differs by more than constants: another function.</summary>
    WrongFunction,
    /// <summary>No single mistake explains the claim.</summary>
    Unknown,
}
