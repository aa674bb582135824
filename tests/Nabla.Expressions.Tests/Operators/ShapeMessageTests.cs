using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Tests.Operators;

public class ShapeMessageTests
{
    private const string Declarations = "A in R^(m x n); B in R^(m x n); x in R^n; y in R^n; z in R^m; S in R^(n x n); c in R; ";

    [Theory]
    [InlineData("x*y", "Two columns have no matrix product, but x is a column of n and y is a column of n: x'*y is the dot product, x*y' the outer product, x.*y the product element by element.")]
    [InlineData("x'*y'", "Two rows have no matrix product, but x' is a row of n and y' is a row of n: x'*y is the dot product, x*y' the outer product, x'.*y' the product element by element.")]
    [InlineData("(x + y)*(2*y)", "Two columns have no matrix product, but x + y is a column of n and 2*y is a column of n: (x + y)'*(2*y) is the dot product, (x + y)*(2*y)' the outer product, (x + y).*(2*y) the product element by element.")]
    [InlineData("A*B", "The inner dimensions of a product must be equal, but A is m x n and B is m x n: n is not m; A'*B and A*B' would fit.")]
    [InlineData("A*z", "The inner dimensions of a product must be equal, but A is m x n and z is a column of m: n is not m; A'*z would fit.")]
    [InlineData("x*S", "The inner dimensions of a product must be equal, but x is a column of n and S is n x n: 1 is not n; x'*S would fit.")]
    [InlineData("A + x", "The operands of + must have equal shapes, or one of them be a scalar, but A is m x n and x is a column of n.")]
    [InlineData("x.*z", "The operands of .* must have equal shapes, or one of them be a scalar, but x is a column of n and z is a column of m.")]
    [InlineData("x/y", "The divisor of / must be a scalar, but y is a column of n. ./ divides element by element, as in x./y; \\ solves a system, as in A \\ b.")]
    [InlineData("x^2", "^ takes a scalar or a square matrix, but x is a column of n; .^ takes the power of every entry.")]
    [InlineData("A^2", "^ takes a scalar or a square matrix, but A is m x n; .^ takes the power of every entry.")]
    [InlineData("S^0.5", "The exponent of a matrix power must be an integer, but it is 1/2; .^ takes powers element by element.")]
    [InlineData("inv(A)", "inv takes a square matrix, but A is m x n.")]
    [InlineData("A \\ z", "The left side of \\ must be a square matrix, but A is m x n; lstsq(A, b) gives the least-squares solution of other systems.")]
    [InlineData("dot(A, B)", "dot takes two vectors of equal length, but A is m x n and B is m x n. For matrices there is tr(A'*B).")]
    [InlineData("sum(A, 3)", "The second argument of sum is the axis, 1 (down the columns) or 2 (along the rows), but it is 3.")]
    [InlineData("lu(S)*x", "lu has 3 values and must be bound to as many names: P, L, U = lu(...).")]
    [InlineData("log(det(S))*x*y", "Two columns have no matrix product, but log(det(S))*x is a column of n and y is a column of n: (log(det(S))*x)'*y is the dot product, log(det(S))*x*y' the outer product, log(det(S))*x.*y the product element by element.")]
    public void States_the_requirement_and_offers_what_fits(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<NablaException>(() => Inference.Infer(Parser.Parse(Declarations + expression))).Message);
}
