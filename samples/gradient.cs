#:project ../src/Nabla.Expressions/Nabla.Expressions.csproj

using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Numerics;
using static Nabla.Expressions.Functions;

// Expressions are written as in a text, and know nothing of numbers.
var A = Expr.Matrix("A", "m", "n");
var x = Expr.Vector("x", "n");
var b = Expr.Vector("b", "m");

var f = Sin(A * x + b);
var answer = f.Derivative(x);

Console.WriteLine($"{f}, a {f.Shape}");
Console.WriteLine($"has the derivative {answer.Derivative.Text}");
Console.WriteLine($"proved at {answer.Check!.Points} points");

// Values come last.
var value = f.Evaluate((A, NDArray.Matrix(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } })), (x, [1.0, 2.0]), (b, [0.0, 1.0]));
Console.WriteLine($"sin(5) = {value.Real[0]}, sin(12) = {value.Real[1]}");

// What is in one's notes can be read as it stands.
var loss = Expr.Parse("X in R^(k x n); y in R^k; sum((X*w - y).^2)");
var w = Expr.Vector("w", "n");
Console.WriteLine($"gradient {loss.Derivative(w).Derivative.Text}, Hessian {loss.Derivative(w, 2).Derivative.Text}");

// Shapes that do not fit are refused, and the message says what would fit.
try
{
    _ = (x * x).Shape;
}
catch (NablaException e)
{
    Console.WriteLine(e.Message);
}
