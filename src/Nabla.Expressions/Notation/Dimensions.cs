namespace Nabla.Expressions.Notation;

/// <summary>What is known of the dimensions of a program: which are equal, and which are numbers.</summary>
/// <remarks>
/// An unknown may become anything, a name only a number: two names are two dimensions. An equation that cannot be solved for one unknown
/// waits until more is known.
/// </remarks>
internal sealed class Dimensions
{
    private readonly Dictionary<string, Dimension> _values = new(StringComparer.Ordinal);
    private readonly List<(Dimension A, Dimension B, Func<string> Message, Place Place)> _open = [];
    private readonly List<(Dimension Smaller, Dimension A, Dimension B, Place Place)> _smaller = [];
    private int _unknowns;

    /// <summary>The sizes of names that the program itself fixes.</summary>
    public Dictionary<string, long> Fixed { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether sizes would decide a dimension that is left unknown: the smaller of two.</summary>
    public bool AreUndecided => _smaller.Count > 0;

    /// <summary>A new unknown.</summary>
    public Dimension Fresh() => Dimension.Unknown(_unknowns++);

    /// <summary>The smaller of two dimensions: an unknown as long as nothing says which that is.</summary>
    public Dimension Smaller(Dimension a, Dimension b, Place place)
    {
        (a, b) = (Resolve(a), Resolve(b));
        if (SmallerKnown(a, b) is { } known) return known;
        var smaller = Fresh();
        _smaller.Add((smaller, a, b, place));
        return smaller;
    }

    /// <summary>A dimension as far as it is known.</summary>
    public Dimension Resolve(Dimension dimension)
    {
        if (_values.Count == 0 || dimension.Size is not null) return dimension;
        while (dimension.Name is { } name)
        {
            if (!_values.TryGetValue(name, out var value)) return dimension;
            dimension = value;
        }
        if (dimension.Size is not null) return dimension;
        while (true)
        {
            var next = dimension.Substitute(n => _values.GetValueOrDefault(n));
            if (ReferenceEquals(next, dimension)) return next;
            dimension = next;
        }
    }

    /// <summary>A shape as far as it is known.</summary>
    public Shape Resolve(Shape shape) => shape.Kind == Kind.Scalar ? shape : new(shape.Kind, Resolve(shape.Rows), Resolve(shape.Columns));

    /// <summary>Makes two dimensions equal.</summary>
    /// <exception cref="NablaException">They cannot be; the message says why.</exception>
    public void Equate(Dimension a, Dimension b, Func<string> message, Place place)
    {
        (a, b) = (Resolve(a), Resolve(b));
        if (a == b) return;
        if (a.IsUnknown && !b.Names.Contains(a.Name)) _values[a.Name!] = b;
        else if (b.IsUnknown && !a.Names.Contains(b.Name)) _values[b.Name!] = a;
        else if (Solve(a - b) is not { } solved)
        {
            // The message is made now: what it is made of serves the next operator afterwards.
            string text = message();
            _open.Add((a, b, () => text, place));
        }
        else if (!solved) throw new NablaException(ErrorCode.Shape, message(), place);
    }

    /// <summary>Tries the equations again that were left open.</summary>
    /// <exception cref="NablaException">One cannot hold, or leaves sizes open that nothing determines.</exception>
    public void Finish()
    {
        Decide();
        while (_open.Count > 0)
        {
            var open = _open.ToArray();
            _open.Clear();
            foreach (var (a, b, message, place) in open) Equate(a, b, message, place);
            Decide();
            if (_open.Count < open.Length) continue;
            var (left, right, _, at) = open[0];
            throw new NablaException(ErrorCode.Ambiguous, $"The sizes must satisfy {Resolve(left)} = {Resolve(right)}, which leaves them open; declare the names that have them.", at);
        }
    }

    private static Dimension? SmallerKnown(Dimension a, Dimension b) => a == b ? a : a.Size is { } m && b.Size is { } n ? Dimension.Of(Math.Min(m, n)) : null;

    // The smaller of two dimensions, once it is known, is what stood for it.
    private void Decide()
    {
        for (int k = 0; k < _smaller.Count;)
        {
            var (smaller, a, b, place) = _smaller[k];
            (a, b) = (Resolve(a), Resolve(b));
            if (SmallerKnown(a, b) is not { } known)
            {
                k++;
                continue;
            }
            _smaller.RemoveAt(k);
            k = 0;
            Equate(smaller, known, () => $"The sizes do not fit: the smaller side of a {a} x {b} matrix is {known}, but {Resolve(smaller)} is asked for.", place);
        }
    }

    // Whether the difference can be made zero: by solving for an unknown that stands alone, or for the only name; null when it must wait.
    private bool? Solve(Dimension difference)
    {
        string[] names = [.. difference.Names];
        foreach (string name in names)
        {
            long coefficient = difference.CoefficientOf(name);
            if (name[0] != '?' || coefficient is not (1 or -1)) continue;
            var rest = (difference - Dimension.Named(name) * Dimension.Of(coefficient)) * Dimension.Of(-coefficient);
            if (rest.Names.Contains(name)) continue;
            if (rest.Size is <= 0) return false;
            _values[name] = rest;
            return true;
        }
        if (names.Length == 1 && difference.CoefficientOf(names[0]) is not 0 and var factor
            && (difference - Dimension.Named(names[0]) * Dimension.Of(factor)).Size is { } constant)
        {
            if (-constant % factor != 0 || -constant / factor < 1) return false;
            _values[names[0]] = Dimension.Of(-constant / factor);
            if (names[0][0] != '?') Fixed[names[0]] = -constant / factor;
            return true;
        }
        return names.Any(n => n[0] == '?') ? null : false;
    }
}
