using Nabla.Expressions.Calculus;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Compares an answer with the function by numbers: at random points, with differences of what the interpreter computes.</summary>
internal sealed class NumericQuestion
{
    private const int WantedPoints = 2;
    private const int MaxAttempts = 24;
    private const int Seconds = 20;

    private readonly GeneratedProgram _question;
    private readonly DerivativeAnswer _answer;
    private readonly TypedProgram _program;
    private readonly TypedProgram _free;
    private readonly Variable _variable;
    private readonly PointGenerator _points;
    private readonly Node _core;
    private readonly Node _derivative;
    private readonly TypedProgram? _text;
    private readonly TypedProgram? _lower;
    private readonly Work _work = new(TimeSpan.FromSeconds(Seconds));
    private int _compared;
    private Dictionary<string, NDArray<double>>? _found;
    private bool _asked;

    /// <param name="question">The program with its question.</param>
    /// <param name="answer">The answer, without values.</param>
    /// <param name="thorough">Whether to ask for a value through the front door too.</param>
    public NumericQuestion(GeneratedProgram question, DerivativeAnswer answer, bool thorough)
    {
        (_question, _answer, _asked) = (question, answer, !thorough);
        _program = question.Typed();
        _variable = _program.FindVariable(question.Wrt)!;
        _points = new(_program, new Random(20261122));
        _core = Elaboration.Elaborate(_program, new Tensors(_work)).Function;
        var tower = Tower.Of(_program, _variable, question.Order, takesCofactors: false, [], _work);
        if (tower.HasDeterminant(_variable)) tower = Tower.Of(_program, _variable, question.Order, takesCofactors: true, [], _work);
        _derivative = new Gathering(tower.Tensors).Apply(tower.Derivative);
        // Shifted values may leave the declared set: the properties are no part of the function.
        var free = _program.Variables.Select(v => new Nabla.Expressions.Notation.Syntax.Declaration(v.Name, v.Shape, Properties.None, default)).ToArray();
        _free = Inference.Infer(_program.Syntax, free);
        TypedProgram Typed(string text) => Inference.Infer(Parser.Parse(text), free);
        _text = answer.Derivative.Text is { } written ? Typed(written) : null;
        if (question.Order > 1 && Expressions.Questions.Derivative(question.Request with { Order = question.Order - 1, Check = false }).Derivative.Text is { } lower) _lower = Typed(lower);
    }

    /// <summary>Whether a program has a finite value at one of the points at which an answer would be compared.</summary>
    public static bool HasValue(GeneratedProgram question)
    {
        var program = question.Typed();
        var points = new PointGenerator(program, new Random(20261122));
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            try
            {
                if (Interpreter.Evaluate(program, points.Given(points.Next()), Work.Unlimited).Value.IsFinite) return true;
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
            {
                // Not a point of the domain.
            }
        }
        return false;
    }

    /// <summary>At how many points the answer was compared, and what does not agree.</summary>
    public (int Points, Failure? Failure) Compare()
    {
        var failure = InTime(Disagreement);
        return (_compared, failure);
    }

    // Third derivatives of large matrices take minutes: what was compared by then counts.
    private Failure? InTime(Func<Failure?> comparison)
    {
        try
        {
            return comparison();
        }
        catch (NablaException e) when (e.Code == ErrorCode.Limit && _work.IsOver)
        {
            return null;
        }
    }

    private Failure? Disagreement()
    {
        for (int attempt = 0; attempt < MaxAttempts && _compared < WantedPoints; attempt++)
        {
            var point = _points.Next();
            double[]? function = Function(_free, point);
            // Differences tell nothing of values near the bounds of double precision.
            if (function is null || Largest(function) > 1e12) continue;
            if (CompareCore(point, function) is { } unlike)
            {
                // Where a piece is infinite, what follows from it is a matter of signs of zeros.
                if (HasInfinitePiece(point)) continue;
                return unlike;
            }
            if (Value(point) is not { } value) continue;
            double[] entries = value.ToArray();
            if (Largest(entries) > 1e12) continue;
            if (CompareText(point, entries) is { } wrong) return wrong;
            if (_question.Order > 1 && CompareAxes(value, point) is { } asymmetric) return asymmetric;
            var (conclusive, failure) = CompareDifferences(point, entries, function);
            if (failure is not null)
            {
                // Where the last digits of the point decide the value, differences tell nothing.
                if (Shaken(point, p => Function(_free, p)) > 1e-7 * Largest(function)) continue;
                return failure;
            }
            if (!conclusive) continue;
            _compared++;
            _found ??= point;
        }
        return null;
    }

    /// <summary>The same derivative of the same function in other words.</summary>
    public Failure? CompareFormulations() => InTime(OtherWords);

    private Failure? OtherWords()
    {
        double[] Value(GeneratedProgram p) => Expressions.Questions.Derivative(p.Request with { At = _found!, Check = false, Work = _work }).Derivative.Value!.ToArray();
        double[] value = Value(_question);
        foreach (var other in Formulations.Of(_question))
            if (Differ(value, Value(other), 1e-8, () => Shaken(_found!, point => Expressions.Questions.Derivative(_question.Request with { At = point, Check = false }).Derivative.Value!.ToArray())) is { } difference)
                return new("formulation", $"{other.Text}: {difference}");
        return null;
    }

    // The derivative's value; the first is what the answer at the point says, and what its tensor says.
    private NDArray<double>? Value(Dictionary<string, NDArray<double>> point)
    {
        try
        {
            var evaluator = new TensorEvaluator(point, Sizes.Of(_program.Variables.Select(v => (v, _points.Given(point)[v.Name]))).All(_program.DimensionNames), _work);
            var value = evaluator.Evaluate(_derivative);
            if (evaluator.Kinks.Count > 0 || Array.Exists(value.ToArray(), x => !double.IsFinite(x))) return null;
            // Where rounding decides the derivative, differences tell nothing.
            var error = RoundingError.Of(_derivative, value, evaluator);
            if (error.Change > 1e-7 * error.Largest + 1e-11) return null;
            if (_asked) return value;
            _asked = true;
            var answer = Expressions.Questions.Derivative(_question.Request with { At = point, Check = false });
            if (answer.Notes.Any(n => n.StartsWith("kink", StringComparison.Ordinal))) return null;
            if (!answer.Derivative.Value!.ToArray().AsSpan().SequenceEqual(value.ToArray())) throw new InvalidOperationException($"The answer at a point has another value than its tensor: {answer.Derivative.Value} instead of {value}.");
            return value;
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported)
        {
            return null;
        }
    }

    private double[]? Function(TypedProgram program, Dictionary<string, NDArray<double>> point)
    {
        try
        {
            var outcome = Interpreter.Evaluate(program, _points.Given(point), _work);
            double[] value = outcome.Value.Real.ToArray();
            return outcome.Kinks.Count > 0 || Array.Exists(value, x => !double.IsFinite(x)) ? null : value;
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported || IsTooSmall(e))
        {
            return null;
        }
    }

    // S[1,2] where the number of columns is a difference of sizes.
    private static bool IsTooSmall(NablaException e) => e.Code == ErrorCode.Kind && e.Message.Contains("index", StringComparison.Ordinal);

    private bool HasInfinitePiece(Dictionary<string, NDArray<double>> point)
    {
        foreach (var piece in _free.Syntax.Bindings.Select(b => b.Value).Append(_free.Syntax.Function).SelectMany(SyntaxTrees.All))
        {
            try
            {
                var program = Inference.Infer(_free.Syntax with { Function = piece }, [.. _free.Variables.Select(v => new Nabla.Expressions.Notation.Syntax.Declaration(v.Name, v.Shape, v.Properties, default))]);
                if (Interpreter.Evaluate(program, _points.Given(point), _work).Value.Real.ToArray().Any(x => !double.IsFinite(x))) return true;
            }
            catch (NablaException)
            {
                // A piece that bears an index has no value of its own.
            }
        }
        return false;
    }

    private Failure? CompareCore(Dictionary<string, NDArray<double>> point, double[] function)
    {
        var sizes = Sizes.Of(_program.Variables.Select(v => (v, _points.Given(point)[v.Name])));
        var evaluator = new TensorEvaluator(point, sizes.All(_program.DimensionNames), _work, takesSubgradients: false);
        NDArray<double> core;
        try
        {
            core = evaluator.Evaluate(_core);
        }
        catch (NablaException e) when (e.Code == ErrorCode.Unsupported)
        {
            // Complex eigenvalues.
            return null;
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return Shaken(point, p => Function(_free, p)) > 1e-6 * Largest(function) ? null : new("simplified", $"The core has no value where the program has one: {e.Message}");
        }
        return Differ(function, core.ToArray(), 1e-8, () => Math.Max(Shaken(point, p => Function(_free, p)), RoundingError.Of(_core, core, evaluator).Change)) is { } difference ? new("simplified", $"The core's value is not the program's: {difference}") : null;
    }

    private Failure? CompareText(Dictionary<string, NDArray<double>> point, double[] value)
    {
        if (_text is null) return null;
        double[] found;
        try
        {
            found = Interpreter.Evaluate(_text, _points.Given(point), _work).Value.Real.ToArray();
        }
        catch (NablaException e) when (e.Code == ErrorCode.Singular && _answer.Notes.Any(n => n.StartsWith("singular:", StringComparison.Ordinal)))
        {
            // As the note says.
            return null;
        }
        catch (NablaException e)
        {
            return new($"text evaluates: {e.Code}", $"{_answer.Derivative.Text}: {e.Message}");
        }
        return Differ(value, found, 1e-7, () => Shaken(point, p => Function(_text, p))) is { } difference ? new("text value", $"{_answer.Derivative.Text}: {difference}") : null;
    }

    private Failure? CompareAxes(NDArray<double> value, Dictionary<string, NDArray<double>> point)
    {
        int axes = _variable.Shape.Axes.Count, leading = value.Order - _question.Order * axes;
        if (axes == 0) return null;
        int[] order = [.. Enumerable.Range(0, leading), .. Enumerable.Range(leading + axes, axes), .. Enumerable.Range(leading, axes), .. Enumerable.Range(leading + 2 * axes, value.Order - leading - 2 * axes)];
        double[] entries = value.ToArray(), swapped = value.Permute(order).ToArray();
        double top = Largest(entries);
        for (int i = 0; i < entries.Length; i++)
            if (Math.Abs(entries[i] - swapped[i]) > 1e-7 * top + 1e-10 && Math.Abs(entries[i] - swapped[i]) > 1000 * Shaken(point, p => Value(p)?.ToArray()))
                return new("symmetric", $"The derivative changes by {entries[i] - swapped[i]:g3} of {top:g3} when its variables are exchanged.");
        return null;
    }

    private (bool Conclusive, Failure? Failure) CompareDifferences(Dictionary<string, NDArray<double>> point, double[] value, double[] function)
    {
        var x = point[_variable.Name];
        bool conclusive = false;
        for (int round = 0; round < 2; round++)
        {
            var H = _points.Direction(_variable, x);
            double[] along = Along(value, H);
            double[]? At(TypedProgram program, double h) => Function(program, new(point) { [_variable.Name] = PointGenerator.Moved(_variable, x, H, h) });
            bool second = _question.Order > 1 && _lower is null;
            if (second && _question.Order > 2) return (false, null);
            if (second) along = Along(along, H);
            (double[] Value, double[] Error)? Differences(double step) => second
                ? Extrapolation.SecondDerivative(h => At(_free, h), step)
                : Extrapolation.Derivative(h => At(_lower ?? _free, h), step);
            if (Differences(0.02) is not var (found, error)) continue;
            if (found.Length != along.Length) return (false, new("axes", $"The derivative has {along.Length} entries in a direction, the function {found.Length}."));
            double top = Math.Max(Largest(found), Largest(along)), noise = (second ? 1e-5 : 1e-7) * Math.Max(Largest(function), 1e-3);
            if (Largest(error) > 1e-4 * Largest(found) + noise) continue;
            conclusive = true;
            if (!Far(along, found, error, top, noise)) continue;
            // Twice, with other steps: an unlucky tableau is no proof of a wrong derivative.
            if (Differences(0.0007) is var (nearer, smaller) && Largest(smaller) <= 1e-4 * Largest(nearer) + noise && Far(along, nearer, smaller, top, noise) && !Far(found, nearer, smaller, top, 10 * noise))
                return (true, new("derivative", $"In a direction it is [{Text(along)}], by differences [{Text(nearer)}] with errors up to {Largest(smaller):g2}; text: {_answer.Derivative.Text ?? _answer.Derivative.Index}"));
        }
        return (conclusive, null);
    }

    private static bool Far(double[] exact, double[] found, double[] error, double top, double noise) =>
        Enumerable.Range(0, exact.Length).Any(i => !(Math.Abs(exact[i] - found[i]) <= 1e-6 * top + noise + 100 * error[i]));

    // The largest change of a value when its point changes in the last digits.
    private double Shaken(Dictionary<string, NDArray<double>> point, Func<Dictionary<string, NDArray<double>>, double[]?> f)
    {
        if (f(point) is not { } value) return double.PositiveInfinity;
        double largest = 0;
        for (int round = 0; round < 3; round++)
        {
            var random = new Random(round);
            var shaken = point.ToDictionary(p => p.Key, p =>
                _program.FindVariable(p.Key)!.Properties == Properties.None ? p.Value.Map(x => x * (1 + 2e-13 * (random.NextDouble() - 0.5))) : p.Value * NDArray<double>.Scalar(1 + (round - 1) * 1e-13));
            if (f(shaken) is not { } other) return double.PositiveInfinity;
            for (int i = 0; i < value.Length; i++) largest = Math.Max(largest, Math.Abs(value[i] - other[i]));
        }
        return largest;
    }

    private static string? Differ(double[] expected, double[] found, double tolerance, Func<double> condition)
    {
        if (expected.Length != found.Length) return $"{found.Length} entries instead of {expected.Length}";
        double top = Largest(expected), difference = expected.Zip(found, (a, b) => double.IsFinite(b) ? Math.Abs(a - b) : double.PositiveInfinity).DefaultIfEmpty(0).Max();
        return difference <= tolerance * top + 1e-11 || difference <= 1000 * condition() ? null : $"the difference is {difference:g3} of {top:g3}";
    }

    private static double[] Along(double[] derivative, NDArray<double> direction)
    {
        double[] d = direction.ToArray(), result = new double[derivative.Length / Math.Max(d.Length, 1)];
        for (int i = 0; i < result.Length; i++)
            for (int k = 0; k < d.Length; k++) result[i] += derivative[i * d.Length + k] * d[k];
        return result;
    }

    private static double Largest(double[] x) => x.Length == 0 ? 0 : x.Max(Math.Abs);

    private static string Text(double[] x) => string.Join(", ", x.Take(6).Select(e => e.ToString("g8"))) + (x.Length > 6 ? ", ..." : "");
}
