namespace Nabla.Expressions.Notation;

/// <summary>What functions of other systems, and plain words, are called here.</summary>
internal static class FunctionWords
{
    private static readonly Dictionary<string, string> s_meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ln"] = "log",
        ["log2"] = "log",
        ["log10"] = "log",
        ["norm"] = "norm2",
        ["l1"] = "norm1",
        ["l2"] = "norm2",
        ["frobenius"] = "normF",
        ["trace"] = "tr",
        ["inverse"] = "inv",
        ["determinant"] = "det",
        ["slogdet"] = "logdet",
        ["logsumexp"] = "lse",
        ["average"] = "mean",
        ["avg"] = "mean",
        ["sgn"] = "sign",
        ["identity"] = "eye",
        ["id"] = "eye",
        ["length"] = "rows",
        ["numel"] = "rows",
        ["size"] = "rows or cols",
        ["inner"] = "dot",
        ["vdot"] = "dot",
        ["logistic"] = "sigmoid",
        ["expit"] = "sigmoid",
        ["sigma"] = "sigmoid",
        ["pow"] = "^",
        ["power"] = "^",
        ["square"] = "^2",
        ["transpose"] = "'",
        ["solve"] = "\\",
        ["matmul"] = "*",
        ["mtimes"] = "*",
        ["times"] = ".*",
        ["hadamard"] = ".*",
        ["cholesky"] = "chol",
        ["eigenvalues"] = "eigvals",
        ["kernel"] = "null",
        ["nullspace"] = "null",
        ["maximum"] = "max",
        ["minimum"] = "min",
        ["product"] = "prod",
        ["total"] = "sum",
        ["asinh"] = "log(x + sqrt(x.^2 + 1))",
    };

    /// <summary>What a word means here; null if it is no such word.</summary>
    public static string? Meaning(string word) => s_meanings.GetValueOrDefault(word.Replace("_", "", StringComparison.Ordinal));
}
