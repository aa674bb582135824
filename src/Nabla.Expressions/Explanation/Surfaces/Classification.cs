using System.Globalization;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Judges a point by its gradient and the eigenvalues of its Hessian.</summary>
internal static class Classification
{
    // What a number given with some fifteen digits leaves of a gradient that is zero.
    private const double Tolerance = 1e-10;

    /// <summary>The verdict.</summary>
    /// <exception cref="NablaException">The function is no scalar, a value is missing, or a derivative does not exist there.</exception>
    public static StationaryPoint Of(SurfaceRequest request)
    {
        if (request.Wrt.Count > 1) throw new NablaException(ErrorCode.Request, $"A point is classified by one variable, but {request.Wrt.Count} are given: put them into one vector.");
        var question = new DerivativeRequest { Expression = request.Expression, Declare = request.Declare, Wrt = request.Wrt.Count == 0 ? null : request.Wrt[0], At = request.At, Work = request.Work };
        var first = Questions.Derivative(question);
        if (!first.Function.Shape.IsScalar) throw new NablaException(ErrorCode.Kind, $"Minima and maxima belong to scalar functions, but this one is {Described(first.Function.Shape)}.");
        string[] missing = [.. first.Variables.Where(v => !request.At.ContainsKey(v.Name)).Select(v => v.Name)];
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A point is classified where all variables have values: a value is needed for {string.Join(", ", missing)}.");
        var second = Questions.Derivative(question with { Order = 2 });
        var variable = first.Variables.First(v => v.Name == (question.Wrt ?? first.Variables[0].Name));
        string[] notes = [.. first.Notes.Concat(second.Notes).Distinct()];
        double[] x = request.At[variable.Name].ToArray(), g = first.Derivative.Value!.ToArray();
        int n = x.Length;
        var full = NDArray<double>.FromSpan(second.Derivative.Value!.ToArray(), n, n);
        var basis = FreeEntries.Basis(variable, request.At[variable.Name]);
        var (free, reduced) = basis is null ? (g, full) : (Product(basis, g), NDArray.MatMul(basis, NDArray.MatMul(full, basis.Transpose())));
        var hessian = NDArray<double>.Zeros(reduced.Rows, reduced.Rows);
        for (int i = 0; i < reduced.Rows; i++)
            for (int j = 0; j < reduced.Rows; j++) hessian[i, j] = (reduced[i, j] + reduced[j, i]) / 2;
        var eigen = new SymmetricEigen<double>(hessian);
        double[] w = eigen.Values.ToArray();
        bool isConstant = second.Derivative is { Text: { } text } && !Occurs(text, variable.Name);
        var (kind, reason) = Judge(variable, x, free, w, eigen.Vectors, hessian, isConstant, notes.Any(k => k.Contains("is a subgradient", StringComparison.Ordinal)), basis is null);
        return new(variable, first.Function.Value!.Real[0], first.Derivative.Value!, hessian, w, kind, reason, notes);
    }

    private static (StationaryKind Kind, string Reason) Judge(Variable variable, double[] x, double[] g, double[] w, NDArray<double> V, NDArray<double> hessian, bool isConstant, bool isKink, bool isFree)
    {
        double largest = g.Select(Math.Abs).DefaultIfEmpty(0).Max(), size = w.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double reach = Math.Max(1, x.Select(Math.Abs).Max());
        if (largest > Tolerance * Math.Max(size * reach, size == 0 ? 0 : 1e-6))
        {
            string near = isFree && w.All(v => Math.Abs(v) > 1e-8 * size) && size > 0
                ? $" A step of Newton's method, {variable.Name} - H⁻¹*g, leads to [{string.Join(", ", Newton(x, g, w, V).Take(6).Select(v => Number(Math.Abs(v) < 1e-12 * reach ? 0 : v)))}{(x.Length > 6 ? ", …" : "")}]."
                : "";
            return (StationaryKind.NotStationary, $"The gradient is not zero there: its largest entry is {Number(largest)}, so the point is neither minimum nor maximum nor saddle.{near}");
        }
        if (isKink) return (StationaryKind.Undecided, "The function has a kink there: second derivatives decide only where it is smooth.");
        double zero = 1e-9 * size;
        int below = w.Count(v => v < -zero), above = w.Count(v => v > zero), none = w.Length - below - above;
        string range = w.Length == 1 ? Number(w[0]) : w[^1] - w[0] <= zero ? $"all {Number(w[0])}" : $"from {Number(w[0])} to {Number(w[^1])}";
        string all = w.Length == 1 ? "The second derivative is" : "All eigenvalues of the Hessian are";
        if (below > 0 && above > 0)
            return (StationaryKind.Saddle, $"The Hessian has eigenvalues of both signs, from {Number(w[0])} to {Number(w[^1])}: the function falls along {Direction(V, 0)} and rises along {Direction(V, w.Length - 1)}.");
        if (none == 0)
            return above > 0
                ? (StationaryKind.Minimum, $"{all} positive, {range}: the function rises in every direction.")
                : (StationaryKind.Maximum, $"{all} negative, {range}: the function falls in every direction.");
        if (isConstant)
        {
            if (below + above == 0) return (StationaryKind.Undecided, "The gradient and the Hessian are zero everywhere: the function is constant.");
            string along = $"Along {Direction(V, Array.FindIndex(w, v => Math.Abs(v) <= zero))} it is constant, so the point is not the only one.";
            return above > 0
                ? (StationaryKind.Minimum, $"No eigenvalue of the Hessian is negative, and the Hessian is the same everywhere: the function is convex. {along}")
                : (StationaryKind.Maximum, $"No eigenvalue of the Hessian is positive, and the Hessian is the same everywhere: the function is concave. {along}");
        }
        string others = below + above == 0 ? "" : above > 0 ? " The others are positive, so it is a minimum or a saddle." : " The others are negative, so it is a maximum or a saddle.";
        return (StationaryKind.Undecided, w.Length == 1
            ? "The second derivative is zero: the third and higher derivatives decide."
            : $"{(none == 1 ? "One eigenvalue" : $"{none} of the {w.Length} eigenvalues")} of the Hessian {(none == 1 ? "is" : "are")} zero, to nine digits of the largest: along {Direction(V, Array.FindIndex(w, v => Math.Abs(v) <= zero))} the second derivative vanishes, and higher ones decide.{others}");
    }

    private static double[] Newton(double[] x, double[] g, double[] w, NDArray<double> V)
    {
        double[] next = [.. x];
        for (int k = 0; k < w.Length; k++)
        {
            double part = 0;
            for (int i = 0; i < x.Length; i++) part += V[i, k] * g[i];
            for (int i = 0; i < x.Length; i++) next[i] -= part / w[k] * V[i, k];
        }
        return next;
    }

    private static string Direction(NDArray<double> V, int k) =>
        $"[{string.Join(", ", Enumerable.Range(0, Math.Min(6, V.Rows)).Select(i => Number(Math.Abs(V[i, k]) < 1e-12 ? 0 : V[i, k])))}{(V.Rows > 6 ? ", …" : "")}]";

    private static string Number(double x) => Ticks.Text(double.Parse(x.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).Replace('−', '-');

    private static double[] Product(NDArray<double> A, double[] x) => [.. Enumerable.Range(0, A.Rows).Select(i => Enumerable.Range(0, x.Length).Sum(j => A[i, j] * x[j]))];

    private static bool Occurs(string text, string name)
    {
        var program = Parser.Parse(text);
        return program.Bindings.Select(b => b.Value).Append(program.Function).Any(Holds);

        // rows(x) asks for a size, not for a value.
        bool Holds(SyntaxNode node) => node switch
        {
            NameSyntax n => n.Name == name,
            CallSyntax { Function: "rows" or "cols" } => false,
            _ => SyntaxPieces.Children(node).Any(Holds),
        };
    }

    private static string Described(Shape shape) => shape.Kind == Kind.Matrix ? $"{shape.Rows} x {shape.Columns}" : $"a {shape.Kind.ToString().ToLowerInvariant()}";
}
