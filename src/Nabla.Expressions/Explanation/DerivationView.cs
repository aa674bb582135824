namespace Nabla.Expressions;

/// <summary>The ways to tell a derivation.</summary>
public enum DerivationView
{
    /// <summary>Intermediate quantities are named, their partial derivatives given with their dimensions and multiplied.</summary>
    Chain,
    /// <summary>The differential is pushed inwards until df = tr(G'*dX) can be read off (Magnus and Neudecker).</summary>
    Differential,
    /// <summary>One entry of the derivative in index notation, and the tensor beside its flattened matrix.</summary>
    Element,
}
