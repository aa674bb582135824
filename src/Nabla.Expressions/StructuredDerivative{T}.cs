using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>A Jacobian or Hessian at a point, which is not formed: it knows its structure, is multiplied with vectors, and gives its diagonal, blocks and factors alone.</summary>
/// <remarks>
/// J is a matrix whose rows are the entries of the function and whose columns are those of the variable, row by row; arrays keep the axes
/// apart. What does not depend on the vector is computed once for all products at a point. An object belongs to one thread at a time.
/// </remarks>
/// <typeparam name="T">The type of the entries: <see cref="double"/> or <see cref="float"/>.</typeparam>
public sealed class StructuredDerivative<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most bytes that <see cref="ToDense"/> takes unless the caller says otherwise: 1 GiB.</summary>
    public const long MostDenseBytes = 1L << 30;

    private const int MostPieces = 32;

    // No name of the notation begins with this mark.
    private const string Vector = "#v";

    private readonly Compiled _compiled;
    private readonly Variable _variable;
    private readonly int _order;
    private readonly Node _derivative;
    private readonly Func<Compiled> _times;
    private readonly Dictionary<string, NDArray<T>> _point = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StructuredPiece<T>> _pieces = new(StringComparer.Ordinal);
    private Dictionary<string, long>? _sizes;
    private int[] _shape = [];

    internal StructuredDerivative(ProgramSyntax program, IReadOnlyList<Declaration> declarations, string variable, int order)
    {
        _order = order;
        _compiled = new(program, declarations, [Output.Derivative(variable, order)]);
        _variable = _compiled.Program.FindVariable(variable)!;
        _derivative = _compiled.Results[0].Node;
        FunctionAxes = _derivative.Order - _variable.Shape.Axes.Count;
        _times = () => new(_compiled, [order == 2 ? Output.HessianTimes(variable, Vector) : Output.JacobianTimes(variable, Vector)], Vector);
        if (order == 2 && _compiled.Program.FunctionShapes[0] is { IsScalar: false } shape)
            throw new NablaException(ErrorCode.Kind, $"A Hessian is that of a scalar function, but this one is {shape}.");
    }

    /// <summary>The Jacobian of a program of the notation.</summary>
    /// <param name="program">The program.</param>
    /// <param name="declare">Declarations of its variables.</param>
    /// <param name="variable">The variable.</param>
    /// <exception cref="NablaException">The program is refused, or there is no derivative.</exception>
    public static StructuredDerivative<T> Jacobian(string program, IReadOnlyList<string> declare, string variable) => Parse(program, declare, variable, 1);

    /// <summary>The Hessian of a scalar program of the notation.</summary>
    /// <param name="program">The program.</param>
    /// <param name="declare">Declarations of its variables.</param>
    /// <param name="variable">The variable.</param>
    /// <exception cref="NablaException">The program is refused or is no scalar, or there is no derivative.</exception>
    public static StructuredDerivative<T> Hessian(string program, IReadOnlyList<string> declare, string variable) => Parse(program, declare, variable, 2);

    /// <summary>The names of the values that make the point.</summary>
    public IReadOnlyList<string> Inputs => [.. _compiled.Inputs.Select(v => v.Name)];

    /// <summary>The axes of the function, then those of the variable.</summary>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public IReadOnlyList<int> Shape
    {
        get
        {
            Sizes();
            return _shape;
        }
    }

    /// <summary>How many of the axes, the first ones, are those of the function.</summary>
    public int FunctionAxes { get; }

    /// <summary>The bytes of the dense array.</summary>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public double DenseBytes => Shape.Aggregate((double)Unsafe.SizeOf<T>(), (bytes, size) => bytes * size);

    /// <summary>The bytes that a product with a vector holds beside its inputs.</summary>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public long ProductBytes
    {
        get
        {
            Sizes();
            return Piece("times", _times).Compiled.PlanFor([.. Shapes(), _shape[FunctionAxes..]]).Bytes<T>();
        }
    }

    /// <summary>What is known of the matrix at the sizes of the point.</summary>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public DerivativeStructure Structure
    {
        get
        {
            var sizes = Sizes();
            var terms = Terms();
            if (terms.Count == 0) return DerivativeStructure.Zero;
            if (terms.All(t => t.IsDiagonal)) return DerivativeStructure.Diagonal;
            if (Kronecker(terms) is not null) return DerivativeStructure.Kronecker;
            if (LowRank(terms, sizes) is not null) return DerivativeStructure.LowRankPlusDiagonal;
            return _order == 2 || Signs.IsSymmetric(_derivative) ? DerivativeStructure.Symmetric : DerivativeStructure.Dense;
        }
    }

    /// <summary>Sets a value of the point; it is read at the next question, and must be set again when its entries have changed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NablaException">There is no such input, or the value does not fit it.</exception>
    public void Set(string name, NDArray<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Inputs.Contains(name)) throw new NablaException(ErrorCode.Name, $"There is no input {name}: the inputs are {string.Join(", ", Inputs)}.");
        _point[name] = value;
        _sizes = null;
        foreach (var piece in _pieces.Values) piece.Set(name, value);
    }

    /// <summary>The product J v; the matrix is not formed.</summary>
    /// <param name="v">A vector of the shape of the variable.</param>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public NDArray<T> Times(NDArray<T> v)
    {
        Demand(v, FunctionAxes..);
        return Piece("times", _times).Result(v);
    }

    /// <summary>The product J v into given memory, without an allocation from the second one on.</summary>
    /// <param name="v">The entries of v, in the shape of the variable, row by row.</param>
    /// <param name="product">The entries of the product.</param>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public void Times(ReadOnlySpan<T> v, Span<T> product)
    {
        Sizes();
        var (rows, columns) = (View.Product(_shape.AsSpan(FunctionAxes)), View.Product(_shape.AsSpan(..FunctionAxes)));
        if (v.Length != rows || product.Length != columns)
            throw new NablaException(ErrorCode.Shape, $"The product takes {rows} entries and gives {columns}, but there are {v.Length} and place for {product.Length}.");
        Piece("times", _times).Result(v, _shape.AsSpan(FunctionAxes), product);
    }

    /// <summary>The product J'u; the matrix is not formed.</summary>
    /// <param name="u">A vector of the shape of the function; for a Hessian, of the variable.</param>
    /// <exception cref="NablaException">A value is missing, or shapes do not fit.</exception>
    public NDArray<T> TransposedTimes(NDArray<T> u)
    {
        if (_order == 2) return Times(u);
        Demand(u, ..FunctionAxes);
        return Piece("transposed", () => new(_compiled, [Output.TimesJacobian(Vector, _variable.Name)], Vector)).Result(u);
    }

    /// <summary>The product J v.</summary>
    public static NDArray<T> operator *(StructuredDerivative<T> J, NDArray<T> v)
    {
        ArgumentNullException.ThrowIfNull(J);
        return J.Times(v);
    }

    /// <summary>The entries of the diagonal, in the shape of the variable; no others are computed where the structure allows it.</summary>
    /// <exception cref="NablaException">The matrix is not square, or a value is missing.</exception>
    public NDArray<T> Diagonal()
    {
        Sizes();
        var (rows, columns) = (_derivative.Axes.Take(FunctionAxes), _derivative.Axes.Skip(FunctionAxes));
        if (!rows.SequenceEqual(columns)) throw new NablaException(ErrorCode.Shape, $"A diagonal is that of a matrix with equal rows and columns, but the function is {Text(rows)} and the variable {Text(columns)}.");
        return Piece("diagonal", () => new(_compiled, [("diagonal", Products.Diagonal(_compiled.Tensors, _derivative))])).Result();
    }

    /// <summary>The entries in a range of every axis; no others are computed where the structure allows it.</summary>
    /// <param name="ranges">A range for every axis of <see cref="Shape"/>, as in <c>Block(0..10, 5..15)</c>.</param>
    /// <exception cref="NablaException">The ranges are not as many as the axes, one is empty or out of range, or a value is missing.</exception>
    public NDArray<T> Block(params ReadOnlySpan<Range> ranges)
    {
        Sizes();
        int[] shape = _shape;
        if (ranges.Length != shape.Length) throw new NablaException(ErrorCode.Request, $"A block needs a range for each of the {shape.Length} axes, but there are {ranges.Length}.");
        var parts = new (long Start, long Length)?[shape.Length];
        for (int a = 0; a < parts.Length; a++)
        {
            var (start, end) = (ranges[a].Start.GetOffset(shape[a]), ranges[a].End.GetOffset(shape[a]));
            if (start < 0 || end > shape[a] || start >= end) throw new NablaException(ErrorCode.Request, $"The range {ranges[a]} of axis {a + 1} must lie within its {shape[a]} entries and hold one at least.");
            if (end - start < shape[a]) parts[a] = (start, end - start);
        }
        return Piece($"block {string.Join(' ', parts)}", () => new(_compiled, [("block", Products.Block(_compiled.Tensors, _derivative, parts))])).Result();
    }

    /// <summary>A and B of J = A ⊗ B, as matrices.</summary>
    /// <exception cref="NablaException">The structure is no Kronecker product (<see cref="ErrorCode.Kind"/>), or a value is missing.</exception>
    public (NDArray<T> A, NDArray<T> B) KroneckerFactors()
    {
        Sizes();
        if (Kronecker(Terms()) is not var (split, a, b)) throw Other(DerivativeStructure.Kronecker);
        var piece = Piece("kronecker", () => new(_compiled, [("A", a), ("B", b)]));
        return (Matrix(piece.Result(output: 0), split.Rows), Matrix(piece.Result(output: 1), FunctionAxes - split.Rows));
    }

    /// <summary>d, L and R of J = diag(d) + L R'; d is null where there is no diagonal part.</summary>
    /// <exception cref="NablaException">The structure is not of low rank (<see cref="ErrorCode.Kind"/>), or a value is missing.</exception>
    public (NDArray<T>? Diagonal, NDArray<T> L, NDArray<T> R) LowRankFactors()
    {
        var sizes = Sizes();
        var terms = Terms();
        if (LowRank(terms, sizes) is not { } factors) throw Other(DerivativeStructure.LowRankPlusDiagonal);
        var diagonals = terms.Where(t => t.IsDiagonal).Select(t => ((Coefficient)1, t.Diagonal())).ToList();
        var parts = factors.SelectMany((f, i) => new[] { ($"L{i}", f.L), ($"R{i}", f.R) }).ToList();
        if (diagonals.Count > 0) parts.Add(("d", _compiled.Tensors.Sum(diagonals, [.. _derivative.Axes.Skip(FunctionAxes)])));
        // The cut that is the cheapest depends on the sizes.
        var piece = Piece($"low rank {string.Join(' ', parts.Select(p => p.Item2.Id))}", () => new(_compiled, parts));
        return (diagonals.Count > 0 ? piece.Result(output: parts.Count - 1) : null, Columns(0, FunctionAxes), Columns(1, _derivative.Order - FunctionAxes));

        NDArray<T> Columns(int first, int axes)
        {
            var columns = factors.Select((_, i) => piece.Result(output: 2 * i + first)).Select(c => Matrix(c, axes)).ToArray();
            int m = columns[0].Rows, n = columns.Sum(c => c.Columns), at = 0;
            var joined = NDArray<T>.Zeros(m, n);
            foreach (var c in columns)
            {
                c.CopyTo(joined.Slice(.., at..(at + c.Columns)));
                at += c.Columns;
            }
            return joined;
        }
    }

    /// <summary>The dense array, with the axes of <see cref="Shape"/>.</summary>
    /// <param name="mostBytes">The most bytes that it may have; nothing is allocated where it would have more.</param>
    /// <exception cref="NablaException">It would have more bytes (<see cref="ErrorCode.Limit"/>), or a value is missing.</exception>
    public NDArray<T> ToDense(long mostBytes = MostDenseBytes)
    {
        double bytes = DenseBytes;
        if (bytes > mostBytes)
            throw new NablaException(ErrorCode.Limit, FormattableString.Invariant($"The dense derivative of {string.Join(" x ", Shape)} entries would have {bytes:0} bytes, but at most {mostBytes} are allowed."));
        return Piece("dense", () => _compiled).Result();
    }

    private static StructuredDerivative<T> Parse(string program, IReadOnlyList<string> declare, string variable, int order)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(declare);
        return new(Parser.Parse(program), [.. declare.SelectMany((d, i) => Parser.ParseDeclaration(d, i))], variable, order);
    }

    private IReadOnlyList<StructuredTerm> Terms() => StructuredTerm.Of(_compiled.Tensors, _derivative, FunctionAxes);

    private void Demand(NDArray<T> v, Range axes)
    {
        ArgumentNullException.ThrowIfNull(v);
        Sizes();
        if (!v.Shape.SequenceEqual(_shape.AsSpan(axes)))
            throw new NablaException(ErrorCode.Shape, $"The vector must be {Text(_shape[axes])}, but it is {Text(v.Shape.ToArray())}.");
    }

    private ((int Rows, int Columns) Split, Node A, Node B)? Kronecker(IReadOnlyList<StructuredTerm> terms)
    {
        int columns = _derivative.Order - FunctionAxes;
        if (terms.Count != 1 || FunctionAxes + columns < 3 || FunctionAxes == 0 || columns == 0) return null;
        (int, int)[] splits = FunctionAxes == 2 ? columns == 2 ? [(1, 1)] : [(1, 1), (1, 0)] : [(1, 1), (0, 1)];
        foreach (var split in splits)
            if (terms[0].Kronecker(split) is var (a, b)) return (split, a, b);
        return null;
    }

    private List<(Node L, Node R)>? LowRank(IReadOnlyList<StructuredTerm> terms, Dictionary<string, long> sizes)
    {
        double total = 0, rows = _shape.Take(FunctionAxes).Aggregate(1.0, (n, size) => n * size), columns = _shape.Skip(FunctionAxes).Aggregate(1.0, (n, size) => n * size);
        var factors = new List<(Node, Node)>();
        foreach (var term in terms.Where(t => !t.IsDiagonal))
        {
            if (term.LowRank(d => d.Evaluate(sizes)) is not var (l, r, rank)) return null;
            total += rank;
            factors.Add((l, r));
        }
        return factors.Count > 0 && total < Math.Min(rows, columns) ? factors : null;
    }

    private NablaException Other(DerivativeStructure asked) => new(ErrorCode.Kind, $"The factors are those of the structure {asked}, but that of this derivative is {Structure}.");

    private StructuredPiece<T> Piece(string key, Func<Compiled> make)
    {
        if (_pieces.TryGetValue(key, out var known)) return known;
        if (_pieces.Count >= MostPieces) _pieces.Clear();
        var piece = _pieces[key] = new(make(), Vector);
        foreach (var (name, value) in _point) piece.Set(name, value);
        return piece;
    }

    private int[][] Shapes()
    {
        string[] missing = [.. Inputs.Where(name => !_point.ContainsKey(name))];
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A value is needed for {string.Join(", ", missing)}.");
        return [.. Inputs.Select(name => _point[name].Shape.ToArray())];
    }

    private Dictionary<string, long> Sizes() => _sizes ??= Solved();

    private Dictionary<string, long> Solved()
    {
        var sizes = _compiled.SizesFor(Shapes());
        _shape = [.. _derivative.Axes.Select(a => checked((int)a.Evaluate(sizes)))];
        return sizes;
    }

    private static NDArray<T> Matrix(NDArray<T> array, int rowAxes)
    {
        int rows = 1, columns = 1;
        for (int a = 0; a < array.Order; a++)
            if (a < rowAxes) rows *= array.Shape[a];
            else columns *= array.Shape[a];
        return array.Reshape(rows, columns);
    }

    private static string Text<TSize>(IEnumerable<TSize> axes) => string.Join(" x ", axes) is { Length: > 0 } text ? text : "scalar";
}
