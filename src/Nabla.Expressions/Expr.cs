using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>An expression of matrix calculus in C#: built with operators and <see cref="Functions"/>, or read from the notation.</summary>
/// <remarks>
/// <c>var f = Sin(A * x + b); f.Derivative(x)</c>. Shapes are checked when a question is asked: <see cref="Derivative"/>,
/// <see cref="Evaluate"/>, <see cref="Shape"/>. Expressions are immutable; a piece that is used twice is computed once.
/// </remarks>
public sealed partial class Expr
{
    private readonly SyntaxNode _syntax;
    private readonly IReadOnlyList<Declaration> _declarations;
    private readonly IReadOnlyList<Binding> _bindings;

    private Expr(SyntaxNode syntax, IReadOnlyList<Declaration> declarations, IReadOnlyList<Binding> bindings) =>
        (_syntax, _declarations, _bindings) = (syntax, declarations, bindings);

    /// <summary>A scalar variable.</summary>
    public static Expr Scalar(string name, Properties properties = Properties.None) => Variable(name, Notation.Shape.Scalar, properties);

    /// <summary>A column vector of a named or numbered dimension.</summary>
    public static Expr Vector(string name, string dimension, Properties properties = Properties.None) =>
        Variable(name, Notation.Shape.Column(Size(dimension)), properties);

    /// <summary>A matrix of named or numbered dimensions.</summary>
    public static Expr Matrix(string name, string rows, string columns, Properties properties = Properties.None) =>
        Variable(name, Notation.Shape.Matrix(Size(rows), Size(columns)), properties);

    /// <summary>An expression, or a whole program, of the notation.</summary>
    /// <exception cref="NablaException">The text is not of the notation.</exception>
    public static Expr Parse(string text)
    {
        var program = Parser.Parse(text);
        return new(program.Function, program.Declarations, program.Bindings);
    }

    private static Expr Variable(string name, Shape shape, Properties properties)
    {
        if (Parser.Parse(name).Function is not NameSyntax) throw new NablaException(ErrorCode.Syntax, $"\"{name}\" is not a name.");
        return new(new NameSyntax(name), [new(name, shape, properties, default)], []);
    }

    private static Dimension Size(string text) =>
        long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long size)
            ? size >= 1 ? Dimension.Of(size) : throw new NablaException(ErrorCode.Shape, $"A size is an integer from 1, but it is {text}.")
            : Parser.Parse(text).Function is NameSyntax name ? Dimension.Named(name.Name) : throw new NablaException(ErrorCode.Syntax, $"\"{text}\" is neither a size nor the name of a dimension.");

    /// <summary>A number.</summary>
    public static implicit operator Expr(double value) => new(Number(value), [], []);

    /// <summary>An integer.</summary>
    public static implicit operator Expr(int value) => new(Number(value), [], []);

    private static SyntaxNode Number(double value)
    {
        if (!double.IsFinite(value)) throw new NablaException(ErrorCode.Domain, $"A number of an expression must be finite, but it is {value}.");
        var text = (decimal.TryParse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var exact) && (double)exact == Math.Abs(value) * Math.Sign(value))
            ? Exact(exact) : Coefficient.Inexact(value);
        return text.Sign < 0 ? new NegateSyntax(new NumberSyntax(-text)) : new NumberSyntax(text);
    }

    private static Coefficient Exact(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var numerator = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return Coefficient.Rational(bits[3] < 0 ? -numerator : numerator, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    /// <summary>The sum; a scalar is broadcast.</summary>
    public static Expr operator +(Expr a, Expr b) => Combine((s, t) => new SumSyntax([new(false, s), new(false, t)]), a, b);

    /// <summary>The difference; a scalar is broadcast.</summary>
    public static Expr operator -(Expr a, Expr b) => Combine((s, t) => new SumSyntax([new(false, s), new(true, t)]), a, b);

    /// <summary>The negative.</summary>
    public static Expr operator -(Expr a) => a.With(new NegateSyntax(a._syntax));

    /// <summary>The matrix product; a scalar multiplies anything.</summary>
    public static Expr operator *(Expr a, Expr b) => Product(a, Infix.Multiply, b);

    /// <summary>The quotient by a scalar.</summary>
    public static Expr operator /(Expr a, Expr b) => Product(a, Infix.Divide, b);

    /// <summary>The product element by element.</summary>
    public Expr Hadamard(Expr other) => Product(this, Infix.Hadamard, other);

    /// <summary>The quotient element by element.</summary>
    public Expr ElementwiseDivide(Expr other) => Product(this, Infix.ElementwiseDivide, other);

    /// <summary>The solution X of this*X = <paramref name="right"/>.</summary>
    public Expr Solve(Expr right) => Product(this, Infix.Solve, right);

    /// <summary>The power of a scalar, or of a square matrix with an integer exponent.</summary>
    public Expr Power(Expr exponent) => Combine((s, t) => new PowerSyntax(s, t, false), this, exponent);

    /// <summary>The power element by element.</summary>
    public Expr ElementwisePower(Expr exponent) => Combine((s, t) => new PowerSyntax(s, t, true), this, exponent);

    /// <summary>The transpose.</summary>
    public Expr T => With(new TransposeSyntax(_syntax));

    /// <summary>An entry of a vector, counted from 1.</summary>
    public Expr this[int index] => With(new IndexSyntax(_syntax, [Number(index)]));

    /// <summary>An entry of a matrix, counted from 1.</summary>
    public Expr this[int row, int column] => With(new IndexSyntax(_syntax, [Number(row), Number(column)]));

    /// <summary>A function of the notation by its name.</summary>
    public static Expr Call(string function, params ReadOnlySpan<Expr> arguments)
    {
        var syntax = new SyntaxNode[arguments.Length];
        for (int i = 0; i < syntax.Length; i++) syntax[i] = arguments[i]._syntax;
        var (declarations, bindings) = Merged(arguments);
        return new(new CallSyntax(function, syntax), declarations, bindings);
    }

    private Expr With(SyntaxNode syntax) => new(syntax, _declarations, _bindings);

    private static Expr Product(Expr a, Infix sign, Expr b) => Combine((s, t) => new ProductSyntax(s, [new(sign, t)]), a, b);

    private static Expr Combine(Func<SyntaxNode, SyntaxNode, SyntaxNode> make, Expr a, Expr b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (declarations, bindings) = Merged(a, b);
        return new(make(a._syntax, b._syntax), declarations, bindings);
    }

    private static (IReadOnlyList<Declaration> Declarations, IReadOnlyList<Binding> Bindings) Merged(params ReadOnlySpan<Expr> parts)
    {
        if (parts.Length == 0) return ([], []);
        var (declarations, bindings) = (parts[0]._declarations, parts[0]._bindings);
        foreach (var part in parts[1..])
        {
            if (!ReferenceEquals(part._declarations, declarations) && part._declarations.Count > 0) declarations = declarations.Count == 0 ? part._declarations : [.. declarations.Union(part._declarations)];
            if (!ReferenceEquals(part._bindings, bindings) && part._bindings.Count > 0) bindings = bindings.Count == 0 ? part._bindings : [.. bindings.Union(part._bindings)];
        }
        return (declarations, bindings);
    }

    /// <summary>The expression as a program of the notation; pieces that are used twice are bound to names.</summary>
    public override string ToString() => Writing.NotationWriter.Write(Program() with { Declarations = [] });

    /// <summary>The derivative by a variable.</summary>
    /// <param name="variable">The variable: what <see cref="Scalar"/>, <see cref="Vector"/> or <see cref="Matrix"/> made, or a name read by <see cref="Parse"/>.</param>
    /// <param name="order">The order, from 1.</param>
    /// <exception cref="NablaException">Shapes do not fit, or there is no derivative.</exception>
    public DerivativeAnswer Derivative(Expr variable, int order = 1)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable._syntax is not NameSyntax name) throw new NablaException(ErrorCode.Kind, $"A derivative is by a variable, but {variable} is an expression.");
        return Questions.Derivative(Whole(variable), [], new() { Expression = "", Wrt = name.Name, Order = order });
    }

    /// <summary>The value, given those of the variables.</summary>
    /// <exception cref="NablaException">A value is missing or does not fit.</exception>
    public Value Evaluate(params IEnumerable<(Expr Variable, NDArray<double> Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var at = new Dictionary<string, NDArray<double>>(StringComparer.Ordinal);
        foreach (var (variable, value) in values)
            at[variable._syntax is NameSyntax name ? name.Name : throw new NablaException(ErrorCode.Kind, $"A value is given for a variable, but {variable} is an expression.")] = value;
        return Questions.Evaluate(Program(), [], new() { Expression = "", At = at }).Outputs[0].Value;
    }

    /// <summary>The shape.</summary>
    /// <exception cref="NablaException">Shapes do not fit.</exception>
    public Shape Shape => Inference.Infer(Program()).FunctionShapes[0];

    private ProgramSyntax Whole(Expr variable)
    {
        var program = Program();
        return variable._declarations.Count == 0 ? program : program with { Declarations = [.. program.Declarations.Union(variable._declarations)] };
    }

    private ProgramSyntax Program() => SharedPieces.Bind(new(_declarations, _bindings, _syntax, []));
}
