using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>The graph of a contraction on its way to matrix notation: vectors on points, matrices between them.</summary>
internal sealed partial class Graph
{
    private readonly List<(bool Divides, Form Form)>?[] _vectors;
    private readonly long?[] _selected;
    private List<(int From, int To, List<(bool Divides, Form Form)> Forms)> _edges = [];

    public Graph(int points) => (_vectors, _selected) = (new List<(bool, Form)>?[points], new long?[points]);

    private Graph(Graph other)
    {
        _vectors = [.. other._vectors.Select(v => v is null ? null : (List<(bool, Form)>?)[.. v])];
        _selected = [.. other._selected];
        _edges = [.. other._edges.Select(e => (e.From, e.To, (List<(bool, Form)>)[.. e.Forms]))];
        (_pairs, _sizes, _dimensions, _absorbed) = ([.. other._pairs], other._sizes, other._dimensions, [.. other._absorbed]);
    }

    /// <summary>An independent copy.</summary>
    public Graph Copy() => new(this);

    /// <summary>Puts a unit vector on a point.</summary>
    public void Select(int point, long index) => _selected[point] = index;

    /// <summary>Puts a vector on a point.</summary>
    public void AddVector(int point, (bool Divides, Form Form) vector) => (_vectors[point] ??= []).Add(vector);

    /// <summary>Puts a matrix between two points; parallel ones stay apart until they must be merged.</summary>
    public void AddEdge(int from, int to, bool divides, Form form) => _edges.Add((from, to, [(divides, form)]));

    /// <summary>The graphs that remain when all points but some are summed over: several where loops can be read in several ways.</summary>
    public IEnumerable<Graph> Eliminate(int[] kept)
    {
        while (true)
        {
            if (Merges(kept)) continue;
            int? next = null;
            int fewest = 3;
            for (int p = 0; p < _vectors.Length; p++)
            {
                if (kept.Contains(p) || IsPaired(p) || _edges.All(e => e.From != p && e.To != p)) continue;
                int neighbours = Neighbours(p).Count;
                if (neighbours < fewest) (next, fewest) = (p, neighbours);
            }
            if (next is not { } point)
            {
                if (Splits(kept)) continue;
                if (_pairs.Count == 0 && !_edges.Any(e => !kept.Contains(e.From) || !kept.Contains(e.To)) && !Stray(kept)) yield return this;
                yield break;
            }
            if (fewest == 1)
            {
                int neighbour = Neighbours(point)[0];
                var between = _edges.Where(e => e.From == point || e.To == point).ToArray();
                if (between.Length == 2 && between.All(e => e.Forms is [{ Divides: false }]))
                {
                    // Two edges to one neighbour are a loop: diag(A*diag(w)*B) where the neighbour stands.
                    var loop = Copy();
                    loop._edges.RemoveAll(e => e.From == point || e.To == point);
                    var (A, B) = (Directed(between[0], neighbour), Directed(between[1], point));
                    if (loop.Through(A, point, B) is { } product)
                    {
                        loop.AddVector(neighbour, (false, Form.DiagonalColumn(product)));
                        foreach (var g in loop.Eliminate(kept)) yield return g;
                    }
                }
                Merge(point, neighbour);
                var edge = _edges.First(e => e.From == point || e.To == point);
                _edges.Remove(edge);
                AddVector(neighbour, (false, Along(Directed(edge, neighbour), point)));
                continue;
            }
            var both = Neighbours(point);
            foreach (int n in both) Merge(point, n);
            var left = _edges.First(e => (e.From == point && e.To == both[0]) || (e.To == point && e.From == both[0]));
            var right = _edges.First(e => (e.From == point && e.To == both[1]) || (e.To == point && e.From == both[1]));
            _edges.Remove(left);
            _edges.Remove(right);
            if (Through(Directed(left, both[0]), point, Directed(right, point)) is not { } series) yield break;
            AddEdge(both[0], both[1], false, series);
        }
    }

    // A summed point that bears vectors and no edge would be a scalar of its own: those are closed by the core.
    private bool Stray(int[] kept)
    {
        for (int p = 0; p < _vectors.Length; p++)
            if (!kept.Contains(p) && (_vectors[p] is not null || _selected[p] is not null) && !_absorbed.Contains(p)) return true;
        return false;
    }

    private readonly HashSet<int> _absorbed = [];

    private List<int> Neighbours(int point) =>
        [.. _edges.Where(e => e.From == point || e.To == point).Select(e => e.From == point ? e.To : e.From).Distinct()];

    private void Merge(int a, int b)
    {
        var parallel = _edges.Where(e => (e.From == a && e.To == b) || (e.From == b && e.To == a)).ToArray();
        if (parallel.Length < 2) return;
        _edges.RemoveAll(e => (e.From == a && e.To == b) || (e.From == b && e.To == a));
        _edges.Add((a, b, [.. parallel.SelectMany(e => e.From == a ? e.Forms : [.. e.Forms.Select(f => (f.Divides, f.Form.Transpose()))])]));
    }

    // The matrix with its rows at a point.
    private static Form Directed((int From, int To, List<(bool Divides, Form Form)> Forms) edge, int rows)
    {
        var form = Form.Hadamard([.. edge.Forms]);
        return edge.From == rows ? form : form.Transpose();
    }

    // A*w, A*diag(u)*v, the sum of A's rows, or a column of A: A's columns are at the point.
    private Form Along(Form A, int point)
    {
        _absorbed.Add(point);
        if (_selected[point] is { } index)
        {
            var number = Form.Constant(Tensors.Integer(index));
            Form column = Form.Index(A, Kind.Column, null, number), row = Form.Index(A.Transpose(), Kind.Row, number, null).Transpose();
            var selected = row.Tokens < column.Tokens ? row : column;
            return _vectors[point] is { } scaled ? Form.Multiply(Form.Index(Form.Hadamard([.. scaled]), Kind.Scalar, number), selected) : selected;
        }
        return _vectors[point] is { } weights ? Applied(A, weights) : A.DiagonalOf ?? Form.RowSums(A);
    }

    // A times a vector that is a product of several: A*(u.*v) or A*diag(u)*v.
    private static Form Applied(Form A, List<(bool Divides, Form Form)> weights)
    {
        if (A.DiagonalOf is { } diagonal) return Form.Hadamard([(false, diagonal), .. weights]);
        var best = Form.Multiply(A, Form.Hadamard([.. weights]));
        if (weights.Count < 2) return best;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Divides) continue;
            var rest = Form.Hadamard([.. weights.Where((_, j) => j != i)]);
            var spread = Form.Multiply(A, Form.Diagonal(rest), weights[i].Form);
            if (spread.Tokens < best.Tokens) best = spread;
        }
        return best;
    }

    // A*diag(w)*B through a summed point.
    private Form? Through(Form A, int point, Form B)
    {
        _absorbed.Add(point);
        if (_selected[point] is { } index)
        {
            var number = Form.Constant(Tensors.Integer(index));
            Form column = Form.Index(A, Kind.Column, null, number), rowOfA = Form.Index(A.Transpose(), Kind.Row, number, null).Transpose();
            Form row = Form.Index(B, Kind.Row, number, null), columnOfB = Form.Index(B.Transpose(), Kind.Column, null, number).Transpose();
            var outer = Form.Multiply(rowOfA.Tokens < column.Tokens ? rowOfA : column, columnOfB.Tokens < row.Tokens ? columnOfB : row);
            return _vectors[point] is { } scaled ? Form.Multiply(Form.Index(Form.Hadamard([.. scaled]), Kind.Scalar, number), outer) : outer;
        }
        return _vectors[point] is { } weights ? Form.Multiply(A, Form.Diagonal(Form.Hadamard([.. weights])), B) : Form.Multiply(A, B);
    }

    /// <summary>The scalar that remains when the last point is summed over.</summary>
    public Form? ScalarAt(int point)
    {
        if (_edges.Count > 0) return null;
        var weights = _vectors[point];
        if (_selected[point] is { } index)
            return weights is null ? Form.Constant(1) : Selected(Form.Hadamard([.. weights]), index);
        if (weights is null) return null;
        if (weights is [{ Divides: false, Form: { SquareOf: null } only }])
        {
            if (only.DiagonalIn is { } matrix) return Trace(matrix);
            if (only.RowSumsOf is { } rows) return Form.Call("sum", Kind.Scalar, rows);
            return Sum(only);
        }
        if (weights is [{ Divides: false, Form.SquareOf: { } root }])
            return Form.Multiply(root.Transpose(), root) is var product && Sum(weights[0].Form) is var squares && squares.Tokens < product.Tokens ? squares : product;
        var best = Sum(Form.Hadamard([.. weights]));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i].Divides) continue;
            var rest = Form.Hadamard([.. weights.Where((_, j) => j != i)]);
            foreach (var dot in new[] { Form.Multiply(weights[i].Form.Transpose(), rest), Form.Multiply(rest.Transpose(), weights[i].Form) })
                if (dot.Tokens <= best.Tokens) best = dot;
        }
        return best;
    }

    private static Form Selected(Form vector, long index) => Form.Index(vector, Kind.Scalar, Form.Constant(Tensors.Integer(index)));

    private static Form Sum(Form column) => Form.Call("sum", Kind.Scalar, column.TransposeOf ?? column);

    // tr(A*B*C), rotated and transposed to what is shortest.
    private static Form Trace(Form matrix)
    {
        var best = Form.Call("tr", Kind.Scalar, matrix);
        if (matrix.Factors is { } factors)
        {
            var scalars = factors.Where(f => f.Kind == Kind.Scalar).ToList();
            var chain = factors.Where(f => f.Kind != Kind.Scalar).ToList();
            if (scalars.Count > 0) return Form.Multiply([.. scalars, Trace(Form.Multiply([.. chain]))]);
            for (int shift = 0; shift < chain.Count; shift++)
            {
                var rotated = Form.Multiply([.. chain.Skip(shift), .. chain.Take(shift)]);
                if (rotated.Kind != Kind.Matrix) continue;
                foreach (var form in new[] { rotated, rotated.Transpose() })
                    if (Form.Call("tr", Kind.Scalar, form) is var trace && trace.Tokens < best.Tokens) best = trace;
            }
            if (chain.Count == 2 && chain.All(f => f.Kind == Kind.Matrix))
                foreach (var pair in new[] { Form.Hadamard((false, chain[0]), (false, chain[1].Transpose())), Form.Hadamard((false, chain[0].Transpose()), (false, chain[1])) })
                    if (Form.Call("sum", Kind.Scalar, pair) is var sum && sum.Tokens < best.Tokens) best = sum;
        }
        return best;
    }

    /// <summary>The column that stands at a point; ones where nothing stands there.</summary>
    public Form? VectorAt(int point, SizeWriter sizes, Dimension size)
    {
        if (_edges.Count > 0) return null;
        if (_selected[point] is not { } index) return _vectors[point] is { } weights ? Form.Hadamard([.. weights]) : sizes.Ones(size);
        if (sizes.Identity(size) is not { } eye) return null;
        var unit = Form.Index(eye, Kind.Column, null, Form.Constant(Tensors.Integer(index)));
        return _vectors[point] is { } scaled ? Form.Multiply(Selected(Form.Hadamard([.. scaled]), index), unit) : unit;
    }

    /// <summary>The diagonal matrix of what stands at a point.</summary>
    public Form? DiagonalAt(int point, SizeWriter sizes, Dimension size)
    {
        if (_edges.Count > 0) return null;
        if (_vectors[point] is null && _selected[point] is null) return sizes.Identity(size);
        return VectorAt(point, sizes, size) is { } vector ? Form.Diagonal(vector) : null;
    }

    /// <summary>The matrix with its rows at one point and its columns at another.</summary>
    public Form? MatrixBetween(int rows, int columns, SizeWriter sizes, Dimension m, Dimension n)
    {
        Merge(rows, columns);
        if (_edges.Count > 1) return null;
        bool left = _vectors[rows] is not null || _selected[rows] is not null, right = _vectors[columns] is not null || _selected[columns] is not null;
        if (_edges.Count == 0)
        {
            if (!left && !right) return sizes.Ones(m, n);
            var (u, v) = (VectorAt(rows, sizes, m), VectorAt(columns, sizes, n));
            return u is null || v is null ? null : Form.Multiply(u, v.Transpose());
        }
        var edge = _edges[0];
        _edges.Clear();
        var matrix = Directed(edge, rows);
        if (!left && !right) return matrix;
        if (_selected[rows] is not null || _selected[columns] is not null)
        {
            // A unit vector at a result: the row or column is picked, then put back in its place.
            if (_selected[rows] is { } i && _selected[columns] is null)
            {
                var row = Form.Index(matrix, Kind.Row, Form.Constant(Tensors.Integer(i)), null);
                if (right) row = Form.Hadamard((false, row), (false, VectorAt(columns, sizes, n)!.Transpose()));
                return VectorAt(rows, sizes, m) is { } unit ? Form.Multiply(unit, row) : null;
            }
            if (_selected[columns] is { } j && _selected[rows] is null)
            {
                var column = Form.Index(matrix, Kind.Column, null, Form.Constant(Tensors.Integer(j)));
                if (left) column = Form.Hadamard((false, column), (false, VectorAt(rows, sizes, m)!));
                return VectorAt(columns, sizes, n) is { } unit ? Form.Multiply(column, unit.Transpose()) : null;
            }
            var entry = Form.Index(matrix, Kind.Scalar, Form.Constant(Tensors.Integer(_selected[rows]!.Value)), Form.Constant(Tensors.Integer(_selected[columns]!.Value)));
            var (a, b) = (VectorAt(rows, sizes, m), VectorAt(columns, sizes, n));
            return a is null || b is null ? null : Form.Multiply(entry, a, b.Transpose());
        }
        var chain = new List<Form>();
        if (left) chain.Add(Form.Diagonal(VectorAt(rows, sizes, m)!));
        chain.Add(matrix);
        if (right) chain.Add(Form.Diagonal(VectorAt(columns, sizes, n)!));
        var best = Form.Multiply([.. chain]);
        if (left && right)
        {
            var outer = Form.Multiply(VectorAt(rows, sizes, m)!, VectorAt(columns, sizes, n)!.Transpose());
            var (inverse, divided) = (AllDivide(rows), AllDivide(columns));
            var spread = inverse is not null && divided is not null
                ? Form.Hadamard((false, matrix), (true, Form.Multiply(inverse, divided.Transpose())))
                : Form.Hadamard((false, matrix), (false, outer));
            if (spread.Tokens < best.Tokens) best = spread;
        }
        return best;
    }

    // The product of the vectors at a point whose reciprocal stands there, where all of them divide.
    private Form? AllDivide(int point) =>
        _vectors[point] is { } weights && weights.All(w => w.Divides) ? Form.Hadamard([.. weights.Select(w => (false, w.Form))]) : null;
}
