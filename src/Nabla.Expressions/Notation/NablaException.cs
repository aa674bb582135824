namespace Nabla.Expressions.Notation;

/// <summary>A question that has no answer: the code, the place where it stands and what would fit.</summary>
public sealed class NablaException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The kind of the error.</param>
    /// <param name="message">States the requirement and the actual values.</param>
    /// <param name="place">Where in the program; null when the error has no place.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public NablaException(ErrorCode code, string message, Place? place = null, Exception? inner = null) : base(message, inner) =>
        // Trees that are not read from a text, such as those of Expr, have no places.
        (Code, Place) = (code, place is { Line: 0 } ? null : place);

    /// <summary>The kind of the error.</summary>
    public ErrorCode Code { get; }

    /// <summary>Where in the program the error stands, if anywhere.</summary>
    public Place? Place { get; }

    /// <summary>The same error at a place.</summary>
    internal NablaException At(Place? place) => new(Code, Message, place, this);
}
