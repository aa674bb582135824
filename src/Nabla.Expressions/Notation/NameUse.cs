namespace Nabla.Expressions.Notation;

/// <summary>How a program uses a name that it does not declare.</summary>
internal sealed class NameUse
{
    /// <summary>Where it stands first.</summary>
    public Place Place { get; init; }

    /// <summary>Whether it is transposed, indexed or the argument of a norm, <c>dot</c>, <c>diag</c> or <c>lse</c>: then it is not a scalar.</summary>
    public bool NotScalar { get; set; }

    /// <summary>Whether it is the base of <c>^</c>: then it becomes a scalar before a matrix.</summary>
    public bool UnderPower { get; set; }
}
