using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>A claim over the names of a program: typed with the program's variables, evaluated by the interpreter.</summary>
/// <param name="program">The program that the claim is about.</param>
/// <param name="work">The budget.</param>
internal sealed class ClaimProgram(TypedProgram program, Work work)
{
    private readonly Declaration[] _declarations = [.. program.Variables.Select(v => new Declaration(v.Name, v.Shape, v.Properties, default))];

    /// <summary>The claim with the program's bindings that it uses and does not bind itself.</summary>
    /// <exception cref="NablaException">It binds a variable of the program, or uses a name that the program does not have (<see cref="ErrorCode.Name"/>).</exception>
    public ProgramSyntax WithBindings(ProgramSyntax claim)
    {
        var own = claim.Bindings.SelectMany(b => b.Names).Concat(claim.FunctionNames).ToHashSet(StringComparer.Ordinal);
        var known = program.Variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var binding in claim.Bindings)
            if (binding.Names.FirstOrDefault(known.Contains) is { } taken)
                throw new NablaException(ErrorCode.Name, $"The claim binds {taken}, which is a variable of the program.", binding.Places.Count > 0 ? binding.Places[0] : binding.Value.Place);
        var bindings = program.Syntax.Bindings.Where(b => !b.Names.Any(own.Contains)).Concat(claim.Bindings).ToArray();
        var all = claim with { Bindings = bindings, FunctionNames = [], FunctionPlaces = null };
        var (needed, used) = UsedNames.Of(all);
        RequireKnown(used.Except(needed.SelectMany(b => b.Names)));
        return all with { Bindings = [.. bindings.Where(needed.Contains)] };
    }

    private void RequireKnown(IEnumerable<string> used)
    {
        if (used.FirstOrDefault(n => n != "pi" && program.FindVariable(n) is null) is { } unknown)
            throw new NablaException(ErrorCode.Name, $"The claim uses {unknown}, which the program does not have: its names are {string.Join(", ", program.Variables.Select(v => v.Name))}.");
    }

    /// <summary>The program with shapes.</summary>
    /// <exception cref="NablaException">It does not fit.</exception>
    public TypedProgram Type(ProgramSyntax claim) => Inference.Infer(claim with { Declarations = [] }, _declarations, work: work);

    /// <summary>The value at a point; null where there is none.</summary>
    public Value? Evaluate(TypedProgram claim, SamplePoint point)
    {
        try
        {
            var value = Interpreter.Evaluate(claim, point.Values, work).Value;
            if (value.IsComplex) return null;
            foreach (double e in value.Real) if (!double.IsFinite(e)) return null;
            return value;
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return null;
        }
    }

    /// <summary>Whether an expression in place of the claim would be right at all points where it has a value, and has one somewhere.</summary>
    public bool IsRight(SyntaxNode expression, IReadOnlyList<SamplePoint> points, IReadOnlyList<Binding>? bindings = null)
    {
        work.Check();
        TypedProgram typed;
        try
        {
            typed = Type(new([], bindings ?? [], expression, []));
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return false;
        }
        int compared = 0;
        foreach (var point in points)
        {
            if (Evaluate(typed, point) is not { } value) continue;
            if (!Comparison.Agrees(value, point)) return false;
            compared++;
        }
        return compared > 0;
    }
}
