using System.Globalization;
using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>Compares a claimed derivative with the right one, as mathematics and not as text, and names the mistake in a wrong one.</summary>
/// <remarks>
/// Both are evaluated at random points of the domain, at several sizes. A wrong claim is explained from both sides: by undoing a mistake in the
/// claim (<see cref="Corrections"/>), and by making one in the derivative (<see cref="DerivativeTerms"/>, <see cref="BrokenChains"/>, <see cref="LostFactors"/>).
/// </remarks>
internal sealed class ClaimCheck
{
    private const int MostPieces = 120;

    private readonly Derived _derived;
    private readonly ProgramSyntax _claim;
    private readonly Work _work;
    private readonly ClaimPoints _points;
    private readonly ClaimProgram _program;
    private readonly List<SamplePoint[]> _groups;
    private readonly SamplePoint[] _all;

    /// <param name="derived">The program and its derivative.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="work">The budget.</param>
    public ClaimCheck(Derived derived, ProgramSyntax claim, Work work)
    {
        (_derived, _work) = (derived, work);
        _points = new(derived, work);
        _program = new(derived.Program, work);
        _claim = _program.WithBindings(claim);
        _groups = _points.Draw();
        _all = [.. _groups.SelectMany(g => g)];
    }

    /// <summary>The verdict.</summary>
    /// <exception cref="NablaException">The claim uses unknown names, or no point was found at which the derivative has a value.</exception>
    public ClaimVerdict Judge()
    {
        if (_all.Length == 0) throw new NablaException(ErrorCode.Domain, "No random point was found at which the function and its derivative have finite values: the claim cannot be compared.");
        TypedProgram? typed = null;
        string? misfit = null;
        try
        {
            typed = _program.Type(_claim);
        }
        catch (NablaException e) when (e.Code is ErrorCode.Shape or ErrorCode.Kind or ErrorCode.Ambiguous)
        {
            misfit = e.Message;
        }
        var values = _all.Select(p => typed is null ? null : _program.Evaluate(typed, p)).ToArray();
        double error = 0;
        string? where = null;
        int compared = 0;
        for (int k = 0; k < _all.Length; k++)
        {
            if (values[k] is not { } value) continue;
            compared++;
            var (difference, entry) = Comparison.Difference(value, _all[k].Expected);
            if (!Comparison.Agrees(value, _all[k])) where ??= Where(value, _all[k], entry);
            error = Math.Max(error, difference);
        }
        if (compared == 0) (error, where) = (double.PositiveInfinity, misfit ?? "The claim has no finite value at the points at which the derivative has one.");
        if (where is null) return new(true, null, Undefined(compared), error);
        var (mistake, words) = Explain(values);
        return new(false, mistake, misfit is null ? $"{words} {where}" : $"{words} The claim does not fit: {where}", error);
    }

    private string Undefined(int compared) => compared == _all.Length
        ? $"The claim equals the derivative at all {compared} random points."
        : $"The claim equals the derivative at {compared} of {_all.Length} random points, and has no finite value at the others.";

    private static string Where(Value found, SamplePoint point, int entry)
    {
        var right = point.Expected;
        if (found.Rows != right.Rows || found.Columns != right.Columns) return $"It is {Sizes(found)}, but the derivative is {Sizes(right)}.";
        string place = right.Count == 1 ? "" : right.Columns == 1 || right.Rows == 1 ? $" in entry {entry + 1}" : $" in entry [{entry / right.Columns + 1},{entry % right.Columns + 1}]";
        return string.Create(CultureInfo.InvariantCulture, $"At a random point it is {found.Real[entry]:g6}{place}, where {right.Real[entry]:g6} is right.");
    }

    private static string Sizes(Value value) => value.Kind == Kind.Scalar ? "a scalar" : $"{value.Rows} x {value.Columns}";

    private bool IsVectorFunction => !_derived.Program.ShapeOf(_derived.Program.Syntax.Function).IsScalar;

    private (Mistake, string) Explain(Value?[] values)
    {
        var claims = _all.Zip(values).Where(p => p.Second is not null).Select(p => (Point: p.First, Claimed: p.Second!)).ToList();
        var multiples = Multiples(claims);
        var inlined = SyntaxPieces.Inlined(_claim, MostPieces);
        var corrections = inlined is null ? null : new Corrections(inlined);
        bool Mends(IEnumerable<SyntaxNode>? edits) => edits?.Any(e => _program.IsRight(e, _all)) ?? false;

        double? ratio = ConstantRatio(claims);
        if (ratio == -1) return (Mistake.Sign, "The sign is wrong.");
        if (multiples is not null && multiples.All(m => Math.Abs(m) == 1) || Mends(corrections?.Signs())) return (Mistake.Sign, "One term has the wrong sign.");
        if (ratio is { } r) return (Mistake.Factor, string.Create(CultureInfo.InvariantCulture, $"The claim is {r:g6} times the derivative: a constant factor is wrong."));
        if (AreConstantRatios(claims)) return (Mistake.Factor, "The claim is a multiple of the derivative that depends on the sizes only: a factor is wrong.");
        if (multiples is not null && multiples.All(m => m != 0) || Mends(corrections?.Factors())) return (Mistake.Factor, "One term has the wrong constant factor.");
        bool isTransposed = claims.Count > 0 && claims.All(c => Comparison.AreEqual(c.Claimed.Transpose(), c.Point.Expected, c.Point.Noise));
        if (IsVectorFunction && (isTransposed || Mends(corrections?.TransposedTerms()))) return (Mistake.WrongLayout, "It is the transpose: a row belongs to an entry of the function, a column to one of the variable.");
        if (isTransposed) return (Mistake.Transposed, "It is the transpose of the derivative: the gradient has the shape of the variable.");
        if (Mends(corrections?.Transpositions())) return (Mistake.Transposed, "A factor is transposed that should not be, or the reverse.");
        if (multiples is not null && IsDoubledHalf(multiples)) return (Mistake.Symmetrisation, "One half of a symmetric sum M + M' stands twice, the other is missing: M + M' is not 2*M.");
        if (Symmetric() is { } matrix) return (Mistake.Symmetrisation, $"It is right only where {matrix} is symmetric, which nothing says: M + M' is not 2*M.");
        if (inlined is not null && BrokenChain(claims) is { } inner)
            return IsLinear ? (Mistake.TermLost, $"What stands behind {inner} is missing.") : (Mistake.ChainRuleLost, $"The derivative of the inner function {inner} is missing.");
        if (multiples is not null) return (Mistake.TermLost, "A term of the sum is missing.");
        if (IsLacking(claims)) return (Mistake.TermLost, "A factor is missing.");
        if (Mends(corrections?.OffDiagonals())) return (Mistake.TermLost, "What stands off the diagonal is missing.");
        if (Mends(corrections?.Products())) return (Mistake.HadamardVsProduct, "A matrix product and a product element by element are mixed up.");
        if (IsDiagonalOnly(claims))
            return inlined is not null && HasHadamard(inlined)
                ? (Mistake.HadamardVsProduct, "A product element by element stands where an outer product belongs: only the diagonal is right.")
                : (Mistake.TermLost, "What stands off the diagonal is missing.");
        bool fits = claims.Count > 0 && claims.All(c => c.Claimed.Rows == c.Point.Expected.Rows && c.Claimed.Columns == c.Point.Expected.Columns);
        return fits ? (Mistake.WrongFunction, "It is another function than the derivative.") : (Mistake.Unknown, "No single known mistake explains it.");
    }

    private static bool IsDoubledHalf(double[] multiples) =>
        multiples.All(m => m is 0 or 1 or 2) && multiples.Contains(0) && multiples.Count(m => m == 0) == multiples.Count(m => m == 2);

    // Within a group of points of equal sizes the multiples are constants; all groups must have the same kind.
    private double[]? Multiples(List<(SamplePoint Point, Value Claimed)> claims)
    {
        if (claims.Count < _all.Length) return null;
        var terms = new DerivativeTerms(_derived, _points, _work);
        var first = _groups[0];
        return terms.Multiples(first, [.. claims.Take(first.Length).Select(c => c.Claimed)]);
    }

    private static double? ConstantRatio(List<(SamplePoint Point, Value Claimed)> claims)
    {
        double? common = null;
        foreach (var (point, claimed) in claims)
        {
            if (Comparison.Ratio(claimed, point.Expected) is not { } ratio) return null;
            if (common is { } c && Math.Abs(ratio - c) > 1e-7 * Math.Abs(c)) return null;
            common ??= ratio;
        }
        return common is { } found && Math.Abs(found - Math.Round(found)) < 1e-7 ? Math.Round(found) : common;
    }

    private bool AreConstantRatios(List<(SamplePoint Point, Value Claimed)> claims) =>
        claims.Count == _all.Length && _groups.All(g => g.Length > 1 && ConstantRatio([.. claims.Where(c => g.Contains(c.Point))]) is not null);

    private string? Symmetric()
    {
        string[] square = [.. _derived.Program.Variables.Where(v => v.Shape.Kind == Kind.Matrix && v.Shape.Rows == v.Shape.Columns && v.Properties == Properties.None).Select(v => v.Name)];
        if (square.Length == 0) return null;
        foreach (string[] names in square.Select(s => new[] { s }).Append(square))
        {
            var points = _groups.SelectMany(g => g.Take(3)).Select(p => _points.Symmetrised(p, names)).OfType<SamplePoint>().ToArray();
            if (points.Length > 1 && _program.IsRight(_claim.Function, points, _claim.Bindings)) return string.Join(" and ", names);
        }
        return null;
    }

    private bool IsLinear => _derived.Written.Orders.Count == 2 && Differentiation.Dependent(_derived.Written.Orders[1], _derived.X).Count == 0;

    private string? BrokenChain(List<(SamplePoint Point, Value Claimed)> claims)
    {
        if (claims.Count == 0) return null;
        var program = _derived.Written.Orders.Count == 2 ? _derived.Program.Syntax : null;
        if (program is null || SyntaxPieces.Inlined(program, MostPieces) is not { } function) return null;
        return new BrokenChains(_derived, _points, _work).Find(function, [.. claims.Where((_, k) => k is 0 or 1 or 2 || k == claims.Count - 1)]);
    }

    private bool IsLacking(List<(SamplePoint Point, Value Claimed)> claims)
    {
        if (claims.Count == 0) return false;
        var lost = new LostFactors(_derived.Written.Tensors);
        return lost.Of(_derived.Written.Orders[^1]).Any(node => claims.All(c =>
        {
            try
            {
                return Comparison.AreEqual(_points.LaidOut(new TensorEvaluator(c.Point.Entries, c.Point.Sizes, _work).Evaluate(node)), c.Claimed, c.Point.Noise);
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
            {
                return false;
            }
        }));
    }

    private static bool IsDiagonalOnly(List<(SamplePoint Point, Value Claimed)> claims) => claims.Count > 0 && claims.All(c =>
    {
        var right = c.Point.Expected;
        if (right.Kind != Kind.Matrix || right.Rows != right.Columns) return false;
        var diagonal = Value.Of(Kind.Matrix, right.Rows, right.Columns, (i, j) => i == j ? right.Real[i * right.Columns + j] : 0);
        return Comparison.AreEqual(c.Claimed, diagonal, c.Point.Noise);
    });

    private static bool HasHadamard(SyntaxNode node) =>
        SyntaxPieces.All(node).Any(n => n is PowerSyntax { Elementwise: true } || (n is ProductSyntax p && p.Links.Any(l => l.Operator == Infix.Hadamard)));
}
