using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>Finds the kind and the dimensions of every name and every piece of a program.</summary>
public static class Inference
{
    private static readonly IReadOnlyDictionary<string, GivenShape> s_none = new Dictionary<string, GivenShape>();

    /// <summary>Gives a program its shapes.</summary>
    /// <param name="program">The program.</param>
    /// <param name="declarations">Declarations that do not stand in the program.</param>
    /// <param name="given">The shapes of values that the caller has, by name; names that do not occur are ignored.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">Names or shapes do not fit, or the choice of kinds is ambiguous.</exception>
    public static TypedProgram Infer(ProgramSyntax program, IReadOnlyList<Declaration>? declarations = null, IReadOnlyDictionary<string, GivenShape>? given = null, Work? work = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        declarations ??= [];
        given ??= s_none;
        work ??= Work.Unlimited;
        var names = Names.Of(program, declarations, given);
        var values = new GivenSizes(names, given);
        DimensionNames NamesFor(Typing typing) => new(typing.Dimensions, names.Declared.Values, names.Order);
        Typing? last = null;
        try
        {
            return Infer(program, names, given, values, NamesFor, t => last = t, work);
        }
        catch (NablaException e) when (last is not null && e.Message.Contains('?', StringComparison.Ordinal))
        {
            string message = NamesFor(last).Named(e.Message);
            if (message == e.Message) throw;
            throw new NablaException(e.Code, message, e.Place, e);
        }
        catch (OverflowException e)
        {
            throw new NablaException(ErrorCode.Limit, "The sizes of the program's values are beyond all numbers that can be counted with.", program.Function.Place, e);
        }
    }

    private static TypedProgram Infer(
        ProgramSyntax program, Names names, IReadOnlyDictionary<string, GivenShape> given, GivenSizes values, Func<Typing, DimensionNames> namesFor, Action<Typing> starts, Work work)
    {
        var defaults = new Dictionary<string, Kind>(StringComparer.Ordinal);
        foreach (string name in names.Order)
            if (!names.Declared.ContainsKey(name)) defaults[name] = given.TryGetValue(name, out var shape) ? shape.Kind : Default(name, names.Used[name]);

        Typing Prepare(Dictionary<string, Kind> kinds, bool withSizes)
        {
            var variables = names.Declared.Values.Where(d => !names.Bound.ContainsKey(d.Name)).Select(d => (d.Name, d.Shape));
            if (withSizes) variables = variables.Concat(values.Undeclared.Select(v => (v.Name, ShapeOf(v.Shape))));
            var typing = Typing.Of(program, names, variables, withSizes ? kinds.Where(k => !given.ContainsKey(k.Key)).ToDictionary(StringComparer.Ordinal) : kinds, n => !given.ContainsKey(n), work);
            starts(typing);
            return typing;
        }

        (Typing Typing, IReadOnlyList<(string, Kind)> Changes) Find(bool withSizes) => new KindSearch(program, names, given, k =>
        {
            var prepared = Prepare(k, withSizes);
            if (withSizes) values.Fix(prepared.Dimensions);
            return prepared;
        }, work).Find(new Dictionary<string, Kind>(defaults, StringComparer.Ordinal));

        var (typing, changes) = SizesDecide(() => Find(false), () => Find(true), given.Count > 0);
        var dimensions = namesFor(typing);
        foreach (string name in names.Order)
            if (!names.Declared.ContainsKey(name) && typing.Environment[name] is { Kind: Kind.Matrix } matrix) dimensions.Resolve(matrix);
        var variables = names.Order.Select(name => names.Declared.TryGetValue(name, out var d)
            ? new Variable(name, dimensions.Resolve(d.Shape), d.Properties, true)
            : new Variable(name, dimensions.Resolve(typing.Environment[name]), Properties.None, given.ContainsKey(name))).ToList();
        foreach (var declared in names.Declared.Values.Where(d => names.Bound.ContainsKey(d.Name))) dimensions.Resolve(declared.Shape);

        var sizes = new Dictionary<string, long>(typing.Dimensions.Fixed, StringComparer.Ordinal);
        if (values.Conflict(variables, sizes) is { } conflict)
        {
            // The same again with the sizes as declarations: the error is then found where it arises.
            Prepare(new(typing.Kinds, StringComparer.Ordinal), withSizes: true).Run();
            throw conflict;
        }
        foreach (var (axis, index, operand, place) in typing.Bounds)
            if (GivenSizes.SizeOf(dimensions.Resolve(axis), sizes) is { } size && index > size) throw Typing.OutOfRange(index, size, operand, place);
        return new(program, typing, variables, dimensions, sizes, Notes(variables, names, dimensions, changes), names.PlaceOf);
    }

    // Shapes are general as long as nothing depends on the sizes of the values that are given.
    private static (Typing Typing, IReadOnlyList<(string, Kind)> Changes) SizesDecide(
        Func<(Typing, IReadOnlyList<(string, Kind)>)> general, Func<(Typing, IReadOnlyList<(string, Kind)>)> withSizes, bool areGiven)
    {
        (Typing Typing, IReadOnlyList<(string, Kind)> Changes) found;
        try
        {
            found = general();
        }
        catch (NablaException e) when (areGiven && e.Code == ErrorCode.Ambiguous)
        {
            return withSizes();
        }
        return areGiven && found.Typing.Dimensions.AreUndecided ? withSizes() : found;
    }

    private static Kind Default(string name, NameUse use) => DefaultKinds.Of(name) is var kind && kind == Kind.Scalar && use.NotScalar ? Kind.Column : kind;

    private static Shape ShapeOf(GivenShape shape) => shape.Kind switch
    {
        Kind.Scalar => Shape.Scalar,
        Kind.Column => Shape.Column(Dimension.Of(shape.Rows)),
        _ => Shape.Matrix(Dimension.Of(shape.Rows), Dimension.Of(shape.Columns)),
    };

    private static List<string> Notes(List<Variable> variables, Names names, DimensionNames dimensions, IReadOnlyList<(string Name, Kind Kind)> changes)
    {
        var notes = new List<string>();
        foreach (var v in variables)
        {
            if (v.Declared) continue;
            string words = v.Shape.Kind switch
            {
                Kind.Scalar => "a scalar",
                Kind.Column => $"a vector of {v.Shape.Rows}",
                Kind.Row => $"a row of {v.Shape.Columns}",
                _ => $"a matrix of {v.Shape}",
            };
            bool isChange = changes.Any(c => c.Name == v.Name);
            bool isDimension = names.Declared.Values.Any(d => d.Shape.Axes.Any(a => a.Names.Contains(v.Name)));
            notes.Add($"assumed: {v.Name} is {words}{(isChange ? ", since its default kind does not fit" : "")}{(isDimension ? $"; it is not the dimension {v.Name}, whose size is rows(X) or cols(X) of what has it" : "")}");
        }
        return notes;
    }
}
