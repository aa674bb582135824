using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Expressions.Requests;

internal sealed partial class RequestReader
{
    // A point that is classified, or a picture.
    private Request Surface(bool isPicture, Work work)
    {
        string subject = isPicture ? "a picture" : "a point";
        Ignore(subject, Field.Order, Field.Layout, Field.Formats, Field.Steps, Field.View, Field.Level, Field.Check, Field.Claim);
        if (!isPicture) Ignore(subject, s_ofPictures);
        var question = new SurfaceRequest { Expression = Expression(), Declare = Declarations(), Wrt = Text(Field.Wrt) is { } wrt ? [wrt] : [], At = Values(work), Work = work };
        return new Request { Surface = question, Picture = isPicture ? Picture() : null, Notes = _notes };
    }

    private PlotOptions Picture()
    {
        var usual = new PlotOptions();
        return new()
        {
            Ranges = Ranges(),
            Start = Numbers(Field.Start)?.ToArray(),
            StepSize = Number(Field.Rate),
            Steps = Whole(Field.Iterations) ?? usual.Steps,
            Width = Whole(Field.Width) ?? usual.Width,
            Height = Whole(Field.Height) ?? usual.Height,
        };
    }

    private (double Low, double High)[] Ranges()
    {
        if (Numbers(Field.Ranges) is not { } ranges) return [];
        if (ranges.Order != 2 || ranges.Shape[1] != 2) throw Error("The field 'ranges' must be an array of pairs, a lower and an upper number for each variable.");
        return [.. Enumerable.Range(0, ranges.Shape[0]).Select(k => (ranges[k, 0], ranges[k, 1]))];
    }

    private double? Number(Field field) => Numbers(field) switch
    {
        null => null,
        { Order: 0 } number => number.ToScalar(),
        _ => throw Error($"The field '{RequestFields.NameOf(field)}' must be a number, but it is an array."),
    };

    private int? Whole(Field field)
    {
        if (Number(field) is not { } number) return null;
        if (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue) throw Error($"The field '{RequestFields.NameOf(field)}' must be an integer, but it is {number}.");
        return (int)number;
    }

    private NDArray<double>? Numbers(Field field)
    {
        var reader = ReaderOf(field);
        return reader.TokenType == JsonTokenType.None ? null : NestedArray.Read(ref reader, $"The field '{RequestFields.NameOf(field)}'");
    }
}
