using Nabla.Expressions.Calculus;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Explanation.Claims;
using Nabla.Expressions.Explanation.Computations;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;
using Nabla.Expressions.Writing.Code;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>Answers questions that are asked in the notation: derivatives and values.</summary>
public static class Questions
{
    /// <summary>The derivative of a program's function.</summary>
    /// <exception cref="NablaException">The question has no answer.</exception>
    public static DerivativeAnswer Derivative(DerivativeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Derivative(Read(request.Expression), Declarations(request.Declare), request);
    }

    /// <summary>The value of a program's last statement.</summary>
    /// <exception cref="NablaException">The question has no answer.</exception>
    public static EvaluationAnswer Evaluate(EvaluationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Evaluate(Read(request.Expression), Declarations(request.Declare), request);
    }

    /// <summary>Whether a claimed derivative is right, and if not, which mistake explains it.</summary>
    /// <exception cref="NablaException">The question has no answer, or the claim cannot be read.</exception>
    public static ClaimAnswer Check(ClaimRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (syntax, claim, declarations) = (Read(request.Expression), Read(request.Claim), Declarations(request.Declare));
        var answer = Check(syntax, claim, declarations, request);
        return answer.Verdict is { Mistake: Mistake.Unknown, MaxRelativeError: double.PositiveInfinity } ? WithVector(answer, syntax, claim, declarations, request) ?? answer : answer;
    }

    private static ClaimAnswer Check(ProgramSyntax syntax, ProgramSyntax claim, IReadOnlyList<Declaration> declarations, ClaimRequest request)
    {
        var derived = Derive(syntax, declarations, request.Question);
        var answer = Answer(derived, syntax, declarations, request.Question);
        return new(new ClaimCheck(derived, claim, request.Work).Judge(), answer);
    }

    // A claim may show that a name that nobody declared is meant as a vector where its default is a scalar: a'*X*b and b*a'.
    private static ClaimAnswer? WithVector(ClaimAnswer answer, ProgramSyntax syntax, ProgramSyntax claim, IReadOnlyList<Declaration> declarations, ClaimRequest request)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in claim.Bindings.Select(b => b.Value).Append(claim.Function)) UsedNames.Collect(piece, names);
        string size = "k";
        while (answer.Right.Variables.Any(v => v.Name == size || v.Shape.Axes.Any(a => a.Names.Contains(size)))) size += "k";
        foreach (var scalar in answer.Right.Variables.Where(v => !v.Declared && v.Shape.IsScalar && names.Contains(v.Name)))
        {
            try
            {
                var other = Check(syntax, claim, [.. declarations, new(scalar.Name, Shape.Column(Dimension.Named(size)), Properties.None, default)], request);
                if (other.Verdict.Mistake == Mistake.Unknown) continue;
                return other with { Right = other.Right with { Notes = [.. other.Right.Notes, $"assumed: {scalar.Name} is a vector of {size}, since the claim asks for it"] } };
            }
            catch (NablaException e) when (e.Code != ErrorCode.Limit)
            {
                // As a vector it does not fit the program.
            }
        }
        return null;
    }

    internal static DerivativeAnswer Derivative(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, DerivativeRequest request) =>
        Answer(Derive(syntax, declarations, request), syntax, declarations, request);

    /// <summary>The program of a question with its derivatives in the terms of the core.</summary>
    internal static Derived Derive(DerivativeRequest request) => Derive(Read(request.Expression), Declarations(request.Declare), request);

    /// <summary>The program of a question with the shapes of all its pieces.</summary>
    internal static TypedProgram Typed(SurfaceRequest request) => Inference.Infer(Read(request.Expression), Declarations(request.Declare), Shapes(request.At), request.Work);

    private static Derived Derive(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, DerivativeRequest request)
    {
        if (request.Order < 1) throw new NablaException(ErrorCode.Request, $"The order must be an integer from 1, but it is {request.Order}.");
        var work = request.Work;
        var program = Inference.Infer(syntax, declarations, Shapes(request.At), work);
        var variable = Variable(program, request);
        var notes = new List<string>(program.Notes);
        IgnoredValues(program, request.At, notes);

        var written = Tower.Of(program, variable, request.Order, takesCofactors: false, notes, work);
        var proven = written.HasDeterminant(variable) ? Tower.Of(program, variable, request.Order, takesCofactors: true, [], work) : written;
        var declared = declarations.Concat(syntax.Declarations).SelectMany(d => d.Shape.Axes).SelectMany(d => d.Names).ToHashSet(StringComparer.Ordinal);
        return new(program, variable, written, proven, declared, notes);
    }

    private static DerivativeAnswer Answer(Derived derived, ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, DerivativeRequest request)
    {
        var (program, variable, written, proven, declared, notes) = derived;
        var proof = new Proof(program, variable, proven.Orders, request.Work);
        var check = !request.Check ? null : proof.IsTooLarge ? AtSmallerSizes(syntax, declarations, request, variable, notes) : proof.Check();
        if (!request.Check && !proof.IsTooLarge) proof.Draw();
        if (request.Check && check is null) notes.Add("unproven: no random point was found at which the function and its derivatives have finite values.");
        var writer = new AnswerForms(program, declared, written, proven, request.Work);
        var form = writer.Derivative(variable, request.Order, request.Layout, proof.Points);
        if (!ReferenceEquals(written, proven)) notes.Add(Singular(form));
        var values = AnswerValues.At(program, request.At, proven, writer, notes, request.Work);
        var explanation = request.Explain is { } view ? Derivations.Of(new DerivativeOrders(derived, request, form, proof.Points).All(), form, view, request.Work) : null;
        return new(program.Variables, writer.Function(values?.Function), form with { Value = values?.Derivative, Code = Code(syntax, declarations, variable, request, notes) }, check, notes) { Derivation = explanation };
    }

    private static Dictionary<CodeTarget, string> Code(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, Variable variable, DerivativeRequest request, List<string> notes)
    {
        var code = new Dictionary<CodeTarget, string>();
        if (request.Code.Count == 0) return code;
        var compiled = new Compiled(syntax, declarations, [Output.Derivative(variable.Name, request.Order)], request.Work, Shapes(request.At));
        foreach (var target in request.Code)
        {
            try
            {
                code[target] = CodeWriter.Write(compiled, target, "derivative");
            }
            catch (NablaException e) when (e.Code == ErrorCode.Unsupported)
            {
                notes.Add($"unsupported: there is no code in {target}: {e.Message}");
            }
        }
        return code;
    }

    // A program whose declared sizes are too large for random points is proven with names in their place: for all sizes at once.
    private static CheckResult? AtSmallerSizes(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, DerivativeRequest request, Variable variable, List<string> notes)
    {
        Declaration General(Declaration d) => d with { Shape = new(d.Shape.Kind, Named(d.Shape.Rows), Named(d.Shape.Columns)) };
        static Dimension Named(Dimension d) => d.Size > 8 ? Dimension.Named($"n{d.Size}") : d;
        Declaration[] inside = [.. syntax.Declarations.Select(General)], beside = [.. declarations.Select(General)];
        if (inside.SequenceEqual(syntax.Declarations) && beside.SequenceEqual(declarations)) return null;
        try
        {
            var general = Derivative(
                syntax with { Declarations = inside },
                beside,
                new() { Expression = request.Expression, Wrt = variable.Name, Order = request.Order, Work = request.Work });
            if (general.Check is not null) notes.Add("proven at smaller sizes than the declared ones.");
            return general.Check;
        }
        catch (NablaException e) when (e.Code is ErrorCode.Shape or ErrorCode.Kind or ErrorCode.Ambiguous or ErrorCode.Name)
        {
            return null;
        }
    }

    internal static EvaluationAnswer Evaluate(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, EvaluationRequest request)
    {
        var program = Inference.Infer(syntax, declarations, Shapes(request.At), request.Work);
        var notes = new List<string>(program.Notes);
        IgnoredValues(program, request.At, notes);
        var given = AnswerValues.Given(program, request.At);
        var outcome = Outcome(program, given, request);
        var names = program.Syntax.FunctionNames;
        return new([.. outcome.Values.Select((v, i) => KeyValuePair.Create(i < names.Count ? names[i] : "ans", v))], notes)
        {
            Computation = request.Explain ? WorkedProgram.Of(program, given, request.Work) : null,
        };
    }

    private static Outcome Outcome(TypedProgram program, IReadOnlyDictionary<string, Value> given, EvaluationRequest request)
    {
        try
        {
            return Interpreter.Evaluate(program, given, request.Work);
        }
        catch (NablaException e) when (request.Explain && e.Code == ErrorCode.Singular)
        {
            // In fractions it is told which solutions there are instead.
            WorkedProgram.Of(program, given, request.Work);
            throw;
        }
    }

    private static ProgramSyntax Read(string expression) => expression.Length <= Limits.InputCharacters
        ? Parser.Parse(expression)
        : throw new NablaException(ErrorCode.Limit, $"The program has {expression.Length} characters, but at most {Limits.InputCharacters} are read.");

    private static List<Declaration> Declarations(IReadOnlyList<string> declare)
    {
        var declarations = new List<Declaration>();
        for (int i = 0; i < declare.Count; i++) declarations.AddRange(Parser.ParseDeclaration(declare[i], i));
        return declarations;
    }

    private static Dictionary<string, GivenShape> Shapes(IReadOnlyDictionary<string, NDArray<double>> at) =>
        at.ToDictionary(v => v.Key, v => GivenShape.Of(v.Value), StringComparer.Ordinal);

    private static void IgnoredValues(TypedProgram program, IReadOnlyDictionary<string, NDArray<double>> at, List<string> notes)
    {
        foreach (string name in at.Keys)
            if (program.Variables.All(v => v.Name != name) && !program.DimensionNames.Contains(name)) notes.Add($"ignored: the value of {name}, which does not occur.");
    }

    private static Variable Variable(TypedProgram program, DerivativeRequest request)
    {
        var free = program.Variables;
        if (request.Wrt is null)
        {
            if (free.Count == 1) return free[0];
            throw new NablaException(ErrorCode.Request, free.Count == 0
                ? "The function has no variable to differentiate by."
                : $"There are several variables ({string.Join(", ", free.Select(v => v.Name))}): say by which one to differentiate.");
        }
        if (free.FirstOrDefault(v => v.Name == request.Wrt) is { } variable) return variable;
        if (program.Syntax.Bindings.Any(b => b.Names.Contains(request.Wrt)) || program.Syntax.FunctionNames.Contains(request.Wrt))
            throw new NablaException(ErrorCode.Name, $"{request.Wrt} is bound by the program: {(free.Count > 0 ? $"differentiate by one of its free variables ({string.Join(", ", free.Select(v => v.Name))})" : "it has no free variables to differentiate by")}.");
        throw new NablaException(ErrorCode.Name, $"{request.Wrt} neither occurs in the program nor is it declared{(free.Count > 0 ? $": its variables are {string.Join(", ", free.Select(v => v.Name))}" : "")}.");
    }

    private static string Singular(DerivativeForm form) => form.Text is null && form.Axes.Count <= 2
        ? "singular: cofactors(A)[i,j] is the derivative of det(A) by A[i,j], cofactors2(A) the second one: they exist where A is singular too."
        : "singular: the derivative of det(A) is written det(A)*inv(A)'; where A is singular that has no value, but the derivative exists: values are found by cofactors.";
}
