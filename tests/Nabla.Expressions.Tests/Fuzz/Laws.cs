using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>What must hold of every program.</summary>
internal static class Laws
{
    /// <summary>The first law that a program breaks; null where all hold.</summary>
    /// <param name="program">The program with its question.</param>
    /// <param name="thorough">Whether to ask twice and in another formulation too.</param>
    /// <param name="tally">Counts what could be compared.</param>
    public static Failure? Broken(GeneratedProgram program, bool thorough, Tally? tally = null)
    {
        try
        {
            return Compare(program, thorough, tally ?? new());
        }
        catch (NablaException e) when (e.Code == ErrorCode.Unsupported && (e.Message.StartsWith("eigvals ", StringComparison.Ordinal) || e.Message.StartsWith("svdvals has", StringComparison.Ordinal)))
        {
            // Refused by name, as it must be: the matrix is not known to be symmetric, or which of its sides is the shorter.
            return null;
        }
        catch (NablaException e) when (e.Code == ErrorCode.Unsupported && e.Message.EndsWith("is there for real values only, but its argument is complex.", StringComparison.Ordinal)
            || e.Code == ErrorCode.Request && e.Message.Contains("is not determined", StringComparison.Ordinal))
        {
            // The eigenvalues of a matrix that is not symmetric may be complex; a matrix(c) may have any size.
            return null;
        }
        catch (NablaException e) when (e.Code == ErrorCode.Domain && e.Message.StartsWith("The divisor is zero", StringComparison.Ordinal))
        {
            // 1/0 has no value, whatever a limit makes of it.
            return null;
        }
        catch (NablaException e)
        {
            // Where the program has no value anywhere, a refusal is right.
            return e.Code is ErrorCode.Domain or ErrorCode.Singular && !NumericQuestion.HasValue(program) ? null : new($"refused: {e.Code}", e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new($"exception: {e.GetType().Name}", $"{e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Nabla", StringComparison.Ordinal))?.Trim()}");
        }
    }

    // Within the time of a request of a batch.
    private static DerivativeAnswer Ask(GeneratedProgram program) => Expressions.Questions.Derivative(program.Request with { Work = new(TimeSpan.FromSeconds(Limits.Seconds)) });

    private static Failure? Compare(GeneratedProgram program, bool thorough, Tally tally)
    {
        var syntax = Parser.Parse(program.Text);
        if (!SyntaxComparer.AreEqual(syntax, Parser.Parse(NotationWriter.Write(syntax)))) return new("print", $"The printed program reads back as another one: {NotationWriter.Write(syntax)}");

        DerivativeAnswer answer;
        try
        {
            answer = Ask(program);
        }
        catch (NablaException e) when (e.Code == ErrorCode.Limit)
        {
            try
            {
                // Twice: the machine may have been busy.
                answer = Ask(program);
            }
            catch (NablaException late) when (late.Code == ErrorCode.Limit)
            {
                return new("time", late.Message);
            }
        }
        string? text = answer.Derivative.Text;
        // Sums over three indices have no matrix expression, and so have the products of all entries but one: they are counted, since others must have one.
        if (text is null && answer.Derivative.Axes.Count <= 2 && answer.Derivative.Index?.Contains("prod(", StringComparison.Ordinal) != true) tally.Miss($"{program}: {answer.Derivative.Index}");
        if (thorough && Expressions.Questions.Derivative(program.Request with { Check = true }) is var again && (again.Derivative.Text, again.Derivative.Index) != (text, answer.Derivative.Index))
            return new("deterministic", $"{text ?? answer.Derivative.Index} and then {again.Derivative.Text ?? again.Derivative.Index}");

        var numbers = new NumericQuestion(program, answer, thorough);
        var (compared, failure) = numbers.Compare();
        if (failure is not null) return failure;
        tally.Count(program.Order, compared);
        if (compared > 1 && answer.Check is null) return new("unproven", $"No proof, but {compared} points of the domain.");
        return thorough && compared > 0 ? numbers.CompareFormulations() : null;
    }
}
