using System.Globalization;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>The functions of linear algebra that are worked out by hand.</summary>
internal static class WorkedFunctions
{
    private const double Agreement = 1e-6;

    /// <summary>Works a function out; its steps are one step of the transcript.</summary>
    /// <param name="transcript">Takes the steps down.</param>
    /// <param name="function">The function; <c>solve</c> for A \ b.</param>
    /// <param name="written">The function with its arguments as the program has it.</param>
    /// <param name="names">How its arguments are written.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="isAugmented">Whether the argument is a matrix with a right side beside it.</param>
    /// <param name="outputs">The names of its values.</param>
    /// <param name="evaluate">The values in double precision.</param>
    /// <returns>The values.</returns>
    public static IReadOnlyList<Known> Apply(Transcript transcript, string function, string written, string[] names, ExactMatrix[] arguments, bool isAugmented, IReadOnlyList<string> outputs, Func<IReadOnlyList<Value>> evaluate)
    {
        var (A, name) = (arguments[0], names[0]);
        transcript.Open();
        IReadOnlyList<ExactMatrix> exact = function switch
        {
            "rref" => [new Systems(transcript).ReducedForm(A, isAugmented)],
            "ref" => [new Systems(transcript).EchelonForm(A)],
            "rank" => [new Systems(transcript).Rank(A)],
            "inv" => [new Systems(transcript).Inverse(A, name)],
            "solve" => [new Systems(transcript).Solve(A, arguments[1], name, names[1])],
            "lstsq" => [new Orthogonalisation(transcript).LeastSquares(A, arguments[1], name, names[1])],
            "det" => [new Determinants(transcript).Of(A)],
            "lu" => new Factorisations(transcript).LU(A, name),
            _ => [],
        };
        var values = evaluate();
        switch (function)
        {
            case "chol": new Factorisations(transcript).Cholesky(A, name, values[0]); break;
            case "qr": new Orthogonalisation(transcript).Factor(A, name, values); break;
            case "eig" or "eigvals": new Eigenvalues(transcript).Of(A, name, values[0], values.Count > 1 ? values[1] : null); break;
            case "null": new Systems(transcript).NullSpace(A, name); break;
            case "orth": new Orthogonalisation(transcript).ColumnSpace(A, name); break;
        }
        Known[] results = [.. values.Select((v, i) => new Known(v.Kind, i < exact.Count ? exact[i] : null, v))];
        string after = string.Join("; ", results.Select((r, i) => $"{(outputs.Count > i && results.Length > 1 ? $"{outputs[i]} = " : "")}{(r.Exact is { } e ? Transcript.Text(e) : Transcript.Text(r.Value))}"));
        transcript.Close(function, written, written, after, Rounding(function, results), values[0].Rows, values[0].Columns, transcript.Largest);
        // What follows goes on with the fractions, rounded once.
        return [.. results.Select(r => r.Exact is { } e ? r with { Value = Value.Of(r.Kind, e.ToNDArray()) } : r)];
    }

    // An ill-conditioned matrix loses digits in double precision, not in fractions.
    private static string Rounding(string function, Known[] results)
    {
        double error = results.Where(r => r.Exact is not null && r.Value is { IsComplex: false, IsFinite: true }).Select(r => Transcript.Error(r.Exact!, r.Value.ToMatrix())).DefaultIfEmpty(0).Max();
        if (error <= Agreement) return "Worked out by hand.";
        return function is "ref" or "lu"
            ? "The value in double precision chose other pivots, where rounding decides between equal ones: it is another form of the same matrix."
            : string.Create(CultureInfo.InvariantCulture, $"The value in double precision differs from these fractions by a relative error of {error:0.0e0}: rounding is magnified here.");
    }
}
