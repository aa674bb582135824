namespace Nabla.Expressions;

/// <summary>The functions of the notation on <see cref="Expr"/>; others by <see cref="Expr.Call"/>.</summary>
/// <remarks>Meant for <c>using static Nabla.Expressions.Functions;</c>.</remarks>
public static class Functions
{
    /// <summary>The sine, element by element.</summary>
    public static Expr Sin(Expr x) => Expr.Call("sin", x);

    /// <summary>The cosine, element by element.</summary>
    public static Expr Cos(Expr x) => Expr.Call("cos", x);

    /// <summary>The tangent, element by element.</summary>
    public static Expr Tan(Expr x) => Expr.Call("tan", x);

    /// <summary>The inverse sine, element by element.</summary>
    public static Expr Asin(Expr x) => Expr.Call("asin", x);

    /// <summary>The inverse cosine, element by element.</summary>
    public static Expr Acos(Expr x) => Expr.Call("acos", x);

    /// <summary>The inverse tangent, element by element.</summary>
    public static Expr Atan(Expr x) => Expr.Call("atan", x);

    /// <summary>The hyperbolic sine, element by element.</summary>
    public static Expr Sinh(Expr x) => Expr.Call("sinh", x);

    /// <summary>The hyperbolic cosine, element by element.</summary>
    public static Expr Cosh(Expr x) => Expr.Call("cosh", x);

    /// <summary>The hyperbolic tangent, element by element.</summary>
    public static Expr Tanh(Expr x) => Expr.Call("tanh", x);

    /// <summary>The exponential function, element by element.</summary>
    public static Expr Exp(Expr x) => Expr.Call("exp", x);

    /// <summary>The natural logarithm, element by element.</summary>
    public static Expr Log(Expr x) => Expr.Call("log", x);

    /// <summary>log(1 + x), accurate near 0, element by element.</summary>
    public static Expr Log1p(Expr x) => Expr.Call("log1p", x);

    /// <summary>exp(x) - 1, accurate near 0, element by element.</summary>
    public static Expr Expm1(Expr x) => Expr.Call("expm1", x);

    /// <summary>The square root, element by element.</summary>
    public static Expr Sqrt(Expr x) => Expr.Call("sqrt", x);

    /// <summary>The absolute value, element by element.</summary>
    public static Expr Abs(Expr x) => Expr.Call("abs", x);

    /// <summary>The sign, element by element; 0 at 0.</summary>
    public static Expr Sign(Expr x) => Expr.Call("sign", x);

    /// <summary>1/(1 + exp(-x)), element by element.</summary>
    public static Expr Sigmoid(Expr x) => Expr.Call("sigmoid", x);

    /// <summary>log(1 + exp(x)), element by element.</summary>
    public static Expr Softplus(Expr x) => Expr.Call("softplus", x);

    /// <summary>The positive part, element by element.</summary>
    public static Expr Relu(Expr x) => Expr.Call("relu", x);

    /// <summary>The error function, element by element.</summary>
    public static Expr Erf(Expr x) => Expr.Call("erf", x);

    /// <summary>The sum of all entries.</summary>
    public static Expr Sum(Expr x) => Expr.Call("sum", x);

    /// <summary>The mean of all entries.</summary>
    public static Expr Mean(Expr x) => Expr.Call("mean", x);

    /// <summary>The product of all entries.</summary>
    public static Expr Prod(Expr x) => Expr.Call("prod", x);

    /// <summary>The sum of the absolute values of the entries.</summary>
    public static Expr Norm1(Expr x) => Expr.Call("norm1", x);

    /// <summary>The Euclidean norm of a vector, the Frobenius norm of a matrix.</summary>
    public static Expr Norm2(Expr x) => Expr.Call("norm2", x);

    /// <summary>The Frobenius norm.</summary>
    public static Expr NormF(Expr x) => Expr.Call("normF", x);

    /// <summary>The largest absolute value of an entry.</summary>
    public static Expr NormInf(Expr x) => Expr.Call("norminf", x);

    /// <summary>The logarithm of the sum of the exponentials of the entries.</summary>
    public static Expr LogSumExp(Expr x) => Expr.Call("lse", x);

    /// <summary>The trace.</summary>
    public static Expr Trace(Expr x) => Expr.Call("tr", x);

    /// <summary>The determinant.</summary>
    public static Expr Det(Expr x) => Expr.Call("det", x);

    /// <summary>The logarithm of the determinant.</summary>
    public static Expr LogDet(Expr x) => Expr.Call("logdet", x);

    /// <summary>The inverse.</summary>
    public static Expr Inv(Expr x) => Expr.Call("inv", x);

    /// <summary>The diagonal matrix of a vector, or the diagonal of a matrix.</summary>
    public static Expr Diag(Expr x) => Expr.Call("diag", x);

    /// <summary>The columns of a matrix, stacked.</summary>
    public static Expr Vec(Expr x) => Expr.Call("vec", x);

    /// <summary>exp(x)/sum(exp(x)).</summary>
    public static Expr Softmax(Expr x) => Expr.Call("softmax", x);

    /// <summary>The sum down the columns (axis 1, a row) or along the rows (axis 2, a column).</summary>
    public static Expr Sum(Expr x, int axis) => Expr.Call("sum", x, axis);

    /// <summary>The softmax of each column (axis 1) or each row (axis 2).</summary>
    public static Expr Softmax(Expr x, int axis) => Expr.Call("softmax", x, axis);

    /// <summary>The larger of two, element by element.</summary>
    public static Expr Max(Expr x, Expr y) => Expr.Call("max", x, y);

    /// <summary>The smaller of two, element by element.</summary>
    public static Expr Min(Expr x, Expr y) => Expr.Call("min", x, y);

    /// <summary>The scalar product of two vectors.</summary>
    public static Expr Dot(Expr x, Expr y) => Expr.Call("dot", x, y);

    /// <summary>The Kronecker product.</summary>
    public static Expr Kron(Expr A, Expr B) => Expr.Call("kron", A, B);

    /// <summary>The eigenvalues of a symmetric matrix, ascending.</summary>
    public static Expr Eigvals(Expr S) => Expr.Call("eigvals", S);

    /// <summary>The singular values, descending.</summary>
    public static Expr Svdvals(Expr A) => Expr.Call("svdvals", A);
}
