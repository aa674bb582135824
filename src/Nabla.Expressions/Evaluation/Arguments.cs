using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>What an operator's reference kernel is given: the arguments' values, the shape of the result with its sizes, the budget.</summary>
/// <param name="operation">The sign or the function's name, for messages.</param>
/// <param name="values">The arguments' values; those that are sizes are left out.</param>
/// <param name="shape">The shape of the result, with sizes where they are known beforehand; asked for only by those whose arguments do not determine it.</param>
/// <param name="place">Where the operation stands.</param>
/// <param name="work">The budget.</param>
internal sealed class Arguments(string operation, IReadOnlyList<Value> values, Func<Shape> shape, Place place, Work work)
{
    private const long LargeEntries = 1 << 12;

    /// <summary>The number of arguments.</summary>
    public int Count => values.Count;

    /// <summary>The arguments, real or complex.</summary>
    public IReadOnlyList<Value> All => values;

    /// <summary>An argument, real or complex.</summary>
    public Value this[int argument] => values[argument];

    /// <summary>The shape of the result, with sizes where they are known beforehand.</summary>
    public Shape Shape => shape();

    /// <summary>The budget.</summary>
    public Work Work => work;

    /// <summary>Whether the function was evaluated at a kink.</summary>
    public bool KinkIsHit { get; private set; }

    /// <summary>Whether any argument is complex.</summary>
    public bool AreComplex => values.Any(v => v.IsComplex);

    /// <summary>An argument that must be real.</summary>
    /// <exception cref="NablaException">It is complex (<see cref="ErrorCode.Unsupported"/>).</exception>
    public Value Real(int argument) => values[argument] is { IsComplex: false } value
        ? value
        : throw Error(ErrorCode.Unsupported, $"{operation} is there for real values only, but its argument is complex.");

    /// <summary>An argument that must be real, as an array of order 2.</summary>
    /// <exception cref="NablaException">It is complex (<see cref="ErrorCode.Unsupported"/>).</exception>
    public NDArray<double> Matrix(int argument) => Real(argument).ToMatrix();

    /// <summary>Says that the function is evaluated at a kink, where its derivative is a subgradient.</summary>
    public void HitKink() => KinkIsHit = true;

    /// <summary>The error of a value that the operation has no result for.</summary>
    public NablaException Error(ErrorCode code, string message) => new(code, message, place);

    /// <summary>Refuses a result with too many entries before it is allocated.</summary>
    /// <exception cref="NablaException">There would be more entries than <see cref="Work.Entries"/> (<see cref="ErrorCode.Limit"/>).</exception>
    public void CheckSize(long rows, long columns)
    {
        if (rows > work.Entries || columns > work.Entries || rows * columns > work.Entries)
            throw Error(ErrorCode.Limit, $"The value of {operation} would be {rows} x {columns}, but a value has at most {work.Entries} entries.");
        if (rows * columns > LargeEntries) work.CheckNow();
        else work.Check();
    }

    /// <summary>The number of rows and columns of the result.</summary>
    /// <exception cref="NablaException">The surroundings do not determine them, or there are too many entries.</exception>
    public (int Rows, int Columns) Sizes()
    {
        if (Shape is not { Rows.Size: { } rows, Columns.Size: { } columns })
            throw Error(ErrorCode.Request, $"The size of {operation} is not determined: it is {Shape}, and no value says how much that is.");
        CheckSize(rows, columns);
        return ((int)rows, (int)columns);
    }

    /// <summary>A scalar function element by element; a scalar argument is broadcast.</summary>
    public Value ElementByElement(ElementwiseOperator function)
    {
        for (int i = 0; i < Count; i++) Real(i);
        var like = values.FirstOrDefault(v => !v.IsScalar) ?? values[0];
        CheckSize(like.Rows, like.Columns);
        double[] result = new double[like.Count];
        Span<double> x = stackalloc double[Count];
        for (int k = 0; k < result.Length; k++)
        {
            for (int i = 0; i < x.Length; i++) x[i] = values[i].Real[values[i].IsScalar ? 0 : k];
            result[k] = function.Evaluate(x);
            if (function.IsKink(x)) HitKink();
            work.Check();
        }
        return Value.Of(like.Kind, like.Rows, like.Columns, result);
    }

    /// <summary>An operation of two arguments, real or complex, element by element; a scalar is broadcast.</summary>
    public Value ElementByElement(Func<double, double, double> real, Func<Complex, Complex, Complex> complex)
    {
        var (x, y) = (values[0], values[1]);
        var like = x.IsScalar ? y : x;
        CheckSize(like.Rows, like.Columns);
        int columns = like.Columns;
        return AreComplex
            ? Value.OfComplex(like.Kind, like.Rows, columns, (i, j) => complex(x[x.IsScalar ? 0 : i * columns + j], y[y.IsScalar ? 0 : i * columns + j]))
            : Value.Of(like.Kind, like.Rows, columns, (i, j) => real(x.Real[x.IsScalar ? 0 : i * columns + j], y.Real[y.IsScalar ? 0 : i * columns + j]));
    }
}
