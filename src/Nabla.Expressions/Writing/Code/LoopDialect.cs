using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>How a language with loops writes what tensors are computed by.</summary>
internal abstract class LoopDialect
{
    /// <summary>What a name may not be.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>The number of the first entry along an axis.</summary>
    public abstract int Origin { get; }

    /// <summary>The dialect of a language.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The language has no dialect with loops.</exception>
    public static LoopDialect Of(CodeTarget target) => target switch
    {
        CodeTarget.CSharp => new CSharpDialect(),
        CodeTarget.Julia => new JuliaDialect(),
        CodeTarget.Matlab => new MatlabDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Only C#, Julia and MATLAB are written with loops."),
    };

    /// <summary>The whole: what is imported, the head, the sizes, the demands on shapes, the lines, the return.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="inputs">The inputs with their identifiers.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="lines">The lines that compute the results.</param>
    /// <param name="results">The identifiers of the results, each once, and whether each is a scalar.</param>
    public abstract string Program(string name, IReadOnlyList<(string Name, Variable Variable)> inputs, CodeSizes sizes, IReadOnlyList<string> lines, IReadOnlyList<(string Name, bool IsScalar)> results);

    /// <summary>A scalar gets a value.</summary>
    public abstract string Scalar(string name, string value);

    /// <summary>An array of zeros.</summary>
    public abstract IEnumerable<string> Zeros(string name, string[] sizes);

    /// <summary>An array gets the value of an array expression.</summary>
    public abstract IEnumerable<string> Array(string name, string value);

    /// <summary>The head of a loop, and its end.</summary>
    public abstract (string Head, string End) Loop(string index, string size);

    /// <summary>An entry; each index counts from <see cref="Origin"/>.</summary>
    public abstract string Entry(string name, string[] index, string[] sizes, bool isTarget = false);

    /// <summary>A statement that adds to a place.</summary>
    public abstract string AddTo(string place, string value);

    /// <summary>A statement that sets a place.</summary>
    public abstract string SetTo(string place, string value);

    /// <summary>A matrix product of arrays of at most two axes; a scalar where both are vectors.</summary>
    public abstract string Product(string a, bool aTransposed, int aOrder, string b, bool bTransposed, int bOrder);

    /// <summary>The factorisation of a matrix.</summary>
    public abstract string Factorisation(string name, string matrix, bool isPositiveDefinite);

    /// <summary>The solution with a factorisation, or that of the transposed system.</summary>
    public abstract string Solution(string factors, string right, bool transposed, bool rightTransposed, bool isPositiveDefinite);

    /// <summary>The inverse from a factorisation.</summary>
    public abstract string Inverse(string factors, bool isPositiveDefinite);

    /// <summary>The logarithm of a determinant from a factorisation.</summary>
    public abstract string LogDeterminant(string factors, bool isPositiveDefinite);

    /// <summary>A scalar function; null where there is none.</summary>
    public abstract string? Function(string name, string[] x);

    /// <summary>A power with a number as its exponent.</summary>
    public abstract string Power(string x, double exponent);

    /// <summary>A function of a whole matrix, as an array or a scalar; null where there is none.</summary>
    public abstract string? MatrixFunction(string name, string x);

    /// <summary>A statement that does softmax, log-sum-exp, prod, max or min over the trailing axes, for one index of the leading ones.</summary>
    public abstract string RowFunction(string function, string target, string[] targetSizes, string argument, string[] leading, string[] sizes);

    /// <summary>A number with its sign, in the way that all languages read.</summary>
    public static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny(['.', 'E', 'e', 'N', 'I']) ? text : text + ".0";
}
