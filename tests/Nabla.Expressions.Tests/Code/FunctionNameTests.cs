using Nabla.Expressions.Notation;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Tests.Code;

/// <summary>The name of the function that code is written as.</summary>
public sealed class FunctionNameTests
{
    [Theory]
    [InlineData(CodeTarget.CSharp, "Gradient_2")]
    [InlineData(CodeTarget.NumPy, "gradient")]
    [InlineData(CodeTarget.Julia, "δf")]
    [InlineData(CodeTarget.Matlab, "end_")]
    public void A_function_has_the_name_that_is_asked_for(CodeTarget target, string name) =>
        Assert.Contains($"{name}(", CompiledExpression<double>.Parse("sum(x.^2)", [], Output.Derivative("x")).ToCode(target, name));

    [Theory]
    [InlineData(CodeTarget.CSharp, "namespace", "C#")]
    [InlineData(CodeTarget.CSharp, "x y", "C#")]
    [InlineData(CodeTarget.NumPy, "lambda", "Python")]
    [InlineData(CodeTarget.PyTorch, "", "Python")]
    [InlineData(CodeTarget.Jax, "2x", "Python")]
    [InlineData(CodeTarget.Julia, "function", "Julia")]
    [InlineData(CodeTarget.Matlab, "δf", "MATLAB")]
    [InlineData(CodeTarget.Matlab, "end", "MATLAB")]
    public void A_name_that_the_language_has_not_is_refused(CodeTarget target, string name, string language)
    {
        var refused = Assert.Throws<ArgumentException>(() => CompiledExpression<double>.Parse("sum(x.^2)", [], Output.Derivative("x")).ToCode(target, name));
        Assert.Contains($"identifier of {language} ", refused.Message);
        Assert.Contains($"'{name}'", refused.Message);
    }

    [Fact]
    public void Every_letter_of_the_notation_is_spelled_in_ascii() =>
        Assert.All(Enumerable.Range(0x80, 0x10000 - 0x80).Select(c => (char)c).Where(Letters.IsLetter), letter => Assert.All(Greek.Spelled(letter), c => Assert.True(char.IsAsciiLetter(c))));
}
