using System.Text.RegularExpressions;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Programs whose variables have the names of other things.</summary>
internal static partial class NameCases
{
    // Words of the languages, constants and functions that everybody knows, names that written code makes itself, letters that some languages take for one.
    private const string Words = """
        end function begin i j pi e lambda I im jnp np torch jax eps Inf NaN ans norm inv_ n1 t1 t2 t1_ t2_L t2_R x x_ x__ in is if else for while def class return using public static
        int double float string object bool var new this ref out params base void namespace import from global nonlocal assert raise try except finally with yield async await print len range
        list dict set map filter type None True False true false nothing missing struct mutable module macro quote let local const where isa do catch switch case otherwise parfor persistent
        spmd break continue classdef elseif until endfunction endif endfor size numel isequal error zeros ones_ eye_ mat2str max_ NDArray Math Span LU Generated System Elementary
        Symmetric LinearAlgebra cholesky dot_ throw Number Matrix DimensionMismatch derivative dtype math ValueError tuple shape sigmoid_ logsumexp norm_power product eigenprojections
        larger largest real_value log_determinant realsqrt Prod Sigmoid Largest α β γ δ ε ϵ ζ η θ ϑ ι κ ϰ λ μ ν ξ ο π ϖ ρ ϱ σ ς τ υ φ ϕ χ ψ ω Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω
        """;

    private const string Functions = "zeros sum prod max min exp log sqrt diag inv det logdet softmax sigmoid norm2 abs sign tanh erf lu chol svd eig dot eye ones";

    /// <summary>A program for every pair of words, that uses functions of every sort.</summary>
    public static List<CodeCase> OfWords(CodeTarget target)
    {
        string[] all = [.. Functions.Split(' '), .. Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        string[] words = [.. all.Where(w => OperatorTable.Find(w) is null && w != "in").Order(StringComparer.Ordinal)];
        var cases = new List<CodeCase>();
        for (int k = 0; k < words.Length; k++)
        {
            // A size may have the name of a function too.
            string a = words[k], b = words[(k + 1) % words.Length], n = all.Skip(k).First(w => w != "in" && w != a && w != b);
            var values = new Dictionary<string, NDArray<double>>
            {
                [a] = NDArray<double>.FromArray([0.3, -0.4], 2),
                [b] = NDArray<double>.FromArray([2.0, 0.5, 0.5, 1.0], 2, 2),
            };
            cases.Add(CodeCases.Of(target, $"{a}'*({b}\\{a}) + logdet({b}) + max({a}) + sum(sqrt(sigmoid({a}))) + norm2({a})", [$"{a} in R^{n}", $"{b} in R^({n} x {n})"], values, Output.Value, Output.Derivative(a), Output.Derivative(b)));
        }
        return cases;
    }

    /// <summary>The corpus with its variables called as its code calls other things.</summary>
    public static List<CodeCase> OfCorpus(CodeTarget target)
    {
        var cases = new List<CodeCase>();
        foreach (var row in Corpora.Corpus.Read("derivatives"))
        {
            var question = Corpora.Corpus.Question(row);
            var original = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Derivative(question.Wrt!, question.Order));
            var variables = original.Compiled.Inputs;
            var used = Word().Matches(string.Join(' ', [question.Expression, .. question.Declare])).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
            string[] words = [.. Word().Matches(original.ToCode(target)).Select(m => m.Value).Distinct().Where(w => OperatorTable.Find(w) is null && !used.Contains(w) && w != "in" && !w.StartsWith('_'))];
            var names = variables.Select((v, k) => (v.Name, New: words[(cases.Count + k * 7) % words.Length])).DistinctBy(n => n.New).ToDictionary(n => n.Name, n => n.New, StringComparer.Ordinal);
            string New(string name) => names.GetValueOrDefault(name, name);
            string expression = Word().Replace(question.Expression, m => New(m.Value));
            string[] declare = [.. variables.Select(v => NotationWriter.Write(new Declaration(New(v.Name), v.Shape, v.Properties, default)))];
            var compiled = CompiledExpression<double>.Parse(expression, declare, Output.Derivative(New(question.Wrt!), question.Order));
            var expected = Corpora.Corpus.Array(row.GetProperty("expected").GetProperty("derivative"));
            cases.Add(new($"{Corpora.Corpus.Id(row)}: {expression}", compiled.ToCode(target), [.. variables.Select(v => question.At[v.Name])], [expected]));
        }
        return cases;
    }

    [GeneratedRegex(@"(?<![\w.])\p{L}\w*")]
    private static partial Regex Word();
}
