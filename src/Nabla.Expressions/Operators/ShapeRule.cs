using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Operators;

/// <summary>What an operator's shape rule is written with: the arguments' shapes and the unification of dimensions.</summary>
internal abstract class ShapeRule
{
    /// <summary>The place that errors point at.</summary>
    public abstract Place Place { get; }

    /// <summary>The arguments as they are written.</summary>
    public abstract IReadOnlyList<SyntaxNode> Arguments { get; }

    /// <summary>The shape of an argument.</summary>
    public abstract Shape this[int argument] { get; }

    /// <summary>Demands that two dimensions are equal; <paramref name="message"/> says what does not fit otherwise.</summary>
    public abstract void Equate(Dimension a, Dimension b, Func<string> message);

    /// <summary>A dimension that the surroundings will determine.</summary>
    public abstract Dimension Fresh();

    /// <summary>An argument that is a size: a number, the name of a dimension, <c>rows(X)</c>, <c>cols(X)</c>, sums and products of these.</summary>
    public abstract Dimension SizeOf(int argument);

    /// <summary>An argument that is a number written in the program; null if it is not one.</summary>
    public abstract Core.Coefficient? Literal(int argument);

    /// <summary>The error for shapes that do not fit.</summary>
    public NablaException Error(string message, ErrorCode code = ErrorCode.Shape) => new(code, message, Place);

    /// <summary>The shape of an operation element by element: equal shapes, or scalars that are broadcast.</summary>
    /// <param name="operation">The sign or the function's name, for messages.</param>
    public Shape Broadcast(string operation)
    {
        var (x, y) = (this[0], this[1]);
        if (x.IsScalar) return y;
        if (y.IsScalar) return x;
        string Message() => $"The operands of {operation} must have equal shapes, or one of them be a scalar, but {Describe(0)} and {Describe(1)}.{Hint(x, y)}";
        if (x.Kind != y.Kind) throw Error(Message());
        Equate(x.Rows, y.Rows, Message);
        Equate(x.Columns, y.Columns, Message);
        return x;
    }

    /// <summary>Demands that an argument is a square matrix, or a scalar; gives the number of its rows.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="function">The function's name, for messages.</param>
    public Dimension Square(int argument, string function)
    {
        var X = this[argument];
        string Message() => $"{function} takes a square matrix, but {Describe(argument)}.";
        if (X.Kind is Kind.Column or Kind.Row) throw Error(Message());
        Equate(X.Rows, X.Columns, Message);
        return X.Rows;
    }

    /// <summary>Demands that an argument is a matrix.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="function">The function's name, for messages.</param>
    public Shape Matrix(int argument, string function) =>
        this[argument].Kind == Kind.Matrix ? this[argument] : throw Error($"{function} takes a matrix, but {Describe(argument)}.");

    /// <summary>The smaller of two dimensions: known when both are numbers or both are the same, else left open.</summary>
    public abstract Dimension Smaller(Dimension a, Dimension b);

    /// <summary>An argument with its shape, as messages say it: "A is 2 x 3", "x is a column of n".</summary>
    public string Describe(int argument) => $"{Text(argument)} is {(this[argument].Kind == Kind.Matrix ? "" : "a ")}{this[argument]}";

    /// <summary>An argument as it is written where that is short, else words for it.</summary>
    public string Text(int argument) =>
        NotationWriter.Write(Arguments[argument]) is { Length: <= 30 } text ? text
        : Arguments.Count == 1 ? "the argument"
        : argument == 0 ? "the first operand" : "the second operand";

    /// <summary>A product of the operands or their transposes, as an offer in a message.</summary>
    public string Offer(bool transposeFirst, Infix sign, bool transposeSecond)
    {
        SyntaxNode Operand(int k, bool transpose) => !transpose ? Arguments[k] : Arguments[k] is TransposeSyntax t ? t.Operand : new TransposeSyntax(Arguments[k]);
        string text = NotationWriter.Write(new ProductSyntax(Operand(0, transposeFirst), [new(sign, Operand(1, transposeSecond))]));
        return text.Length <= 60 ? text : NotationWriter.Write(new ProductSyntax(Letter("x", transposeFirst), [new(sign, Letter("y", transposeSecond))]));
    }

    private static SyntaxNode Letter(string name, bool transpose) => transpose ? new TransposeSyntax(new NameSyntax(name)) : new NameSyntax(name);

    private static string Hint(Shape x, Shape y) => (x.Kind, y.Kind) is (Kind.Row, Kind.Column) or (Kind.Column, Kind.Row)
        ? " A transpose makes a column of a row."
        : "";
}
