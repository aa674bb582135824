using System.Text.RegularExpressions;

namespace Nabla.Expressions.Tests.Code;

/// <summary>The laws of generated code in MATLAB, run by Octave, and that the code has nothing that Octave alone has.</summary>
public sealed partial class MatlabInOctaveTests() : CodeLaws(new OctaveLanguage())
{
    // Functions and words that the documentation of MATLAB has.
    private const string Documented = """
        function for end if else zeros size numel isequal isscalar isreal isnan mat2str num2str error max min sum prod sort sign abs exp log log1p expm1 erf sin cos tan asin acos atan sinh cosh tanh
        realsqrt reallog realpow diag chol lu inv det svd eig any NaN
        """;

    [Fact]
    public void The_code_is_of_the_language_that_MATLAB_and_Octave_share()
    {
        CodeCase[] cases = [.. CodeCases.Corpus(CodeTarget.Matlab), .. CodeCases.Random(CodeTarget.Matlab), .. SizeCases.Of(CodeTarget.Matlab), .. EdgeCases.Forms(CodeTarget.Matlab)];
        var documented = Documented.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Assert.All(cases, c =>
        {
            string code = Texts().Replace(c.Code, "''");
            Assert.DoesNotMatch("""["#!{}]|\+\+|--|[-+*/]=|\*\*""", code);
            var own = Defined().Matches(code).SelectMany(m => Word().Matches(m.Value)).Concat(Word().Matches(string.Join(' ', Assigned().Matches(code)))).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
            Assert.All(Word().Matches(code).Select(m => m.Value).Distinct(), word => Assert.True(own.Contains(word) || documented.Contains(word), $"{word} is none of MATLAB's in\n{c.Code}"));
            // MATLAB refuses brackets that stand in each other more than 32 deep.
            int depth = 0;
            Assert.InRange(code.Max(ch => depth += ch is '(' or '[' ? 1 : ch is ')' or ']' ? -1 : 0), 0, 32);
            Assert.Equal(0, depth);
        });
    }

    [GeneratedRegex(@"(?<=error\()'[^'\n]*'")]
    private static partial Regex Texts();

    [GeneratedRegex(@"^function .*$", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex(@"(?<=^\s*)(\w+|\[[^\]]*\])(?=(\([^=\n]*\))? = )|(?<=for )\w+|(?<=, )\w+(?= = )", RegexOptions.Multiline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z]\w*")]
    private static partial Regex Word();
}
