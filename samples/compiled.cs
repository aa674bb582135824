#:project ../src/Nabla.Expressions/Nabla.Expressions.csproj

using Nabla.Expressions;
using Nabla.Numerics;

// Matrix factorisation: T is approximated by U*V'.
var T = Expr.Matrix("T", "m", "n");
var U = Expr.Matrix("U", "m", "k");
var V = Expr.Matrix("V", "n", "k");
var loss = Expr.Call("normF", T - U * V.T).Power(2);

// The loss and its gradient are one plan; a repeated run allocates nothing.
var compiled = loss.Compile(Output.Value, Output.Derivative(U));
var evaluation = compiled.CreateEvaluation();
NDArray<double> t = Entries(1, 2000, 2000), u = Entries(2, 2000, 5), v = Entries(3, 2000, 5);
evaluation.Set("T", t);
evaluation.Set("U", u);
evaluation.Set("V", v);
evaluation.Run();
Console.WriteLine($"loss {evaluation.Scalar(0):G6}, {evaluation.Result("dU").Length} entries of the gradient, {evaluation.Bytes} bytes");

// The Hessian would have 800 MB; a product with it needs 80 kB.
var H = loss.Hessian(U, (T, t), (U, u), (V, v));
var direction = H * u;
Console.WriteLine($"{H.Structure}: {H.DenseBytes:0} bytes dense, {H.ProductBytes} for a product of {direction.Count} entries");
var (identity, factor) = H.KroneckerFactors();
Console.WriteLine($"H = A \u2297 B with A of {identity.Rows} x {identity.Columns} and B of {factor.Rows} x {factor.Columns}");

static NDArray<double> Entries(int seed, int rows, int columns)
{
    var random = new Random(seed);
    return NDArray<double>.FromArray([.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble())], rows, columns);
}
