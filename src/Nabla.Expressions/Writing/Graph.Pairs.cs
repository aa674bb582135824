using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Merged axes within a graph: <c>vec</c> and <c>kron</c>, and the matrix of which a vector is the <c>vec</c>.</summary>
internal sealed partial class Graph
{
    private List<(int Merged, int Slow, int Fast)> _pairs = [];
    private SizeWriter? _sizes;
    private IReadOnlyList<Dimension> _dimensions = [];

    /// <summary>Says that a point is the merger of two others, the first of which runs slowly.</summary>
    public void AddPair(int merged, int slow, int fast, SizeWriter sizes, IReadOnlyList<Dimension> dimensions)
    {
        _pairs.Add((merged, slow, fast));
        (_sizes, _dimensions) = (sizes, dimensions);
    }

    private bool IsPaired(int point) => _pairs.Exists(p => p.Merged == point || p.Slow == point || p.Fast == point);

    // Whether a point is summed, belongs to one pair and has no edges but those to one other point.
    private bool IsOwn(int[] kept, int point, int? only = null) =>
        !kept.Contains(point) && _pairs.Count(p => p.Merged == point || p.Slow == point || p.Fast == point) == 1
        && _edges.TrueForAll(e => (e.From != point && e.To != point) || (only is { } other && (e.From == other || e.To == other)));

    // kron(u, w), vec(M) and kron(A, B): what merged axes are made for.
    private bool Merges(int[] kept)
    {
        for (int i = 0; i < _pairs.Count; i++)
        {
            var (merged, slow, fast) = _pairs[i];
            if (slow == fast || merged == slow || merged == fast) continue;
            if (IsOwn(kept, slow, fast) && IsOwn(kept, fast, slow))
            {
                if (Merger(slow, fast) is not { } vector) return false;
                _pairs.RemoveAt(i);
                AddVector(merged, (false, vector));
                return true;
            }
            for (int j = i + 1; j < _pairs.Count; j++)
            {
                var (other, left, right) = _pairs[j];
                if (merged == other || !IsOwn(kept, slow, left) || !IsOwn(kept, left, slow) || !IsOwn(kept, fast, right) || !IsOwn(kept, right, fast)) continue;
                if (new[] { slow, left, fast, right }.Any(p => _vectors[p] is not null || _selected[p] is not null) || !Joined(slow, left) || !Joined(fast, right)) continue;
                _pairs.RemoveAt(j);
                _pairs.RemoveAt(i);
                AddEdge(merged, other, false, Form.Call("kron", Kind.Matrix, Taken(slow, left), Taken(fast, right)));
                return true;
            }
        }
        return false;
    }

    // A vector on one of the three points makes a matrix of a pair.
    private bool Splits(int[] kept)
    {
        for (int i = 0; i < _pairs.Count; i++)
        {
            var (merged, slow, fast) = _pairs[i];
            if (slow == fast || merged == slow || merged == fast || _sizes!.Identity(_dimensions[slow]) is not { } slowEye || _sizes.Identity(_dimensions[fast]) is not { } fastEye) continue;
            int point = IsOwn(kept, slow) ? slow : IsOwn(kept, fast) ? fast : IsOwn(kept, merged) ? merged : -1;
            if (point < 0 || Single(point) is not { } vector) continue;
            _pairs.RemoveAt(i);
            if (point == slow) AddEdge(merged, fast, false, Form.Call("kron", Kind.Matrix, vector, fastEye));
            else if (point == fast) AddEdge(merged, slow, false, Form.Call("kron", Kind.Matrix, slowEye, vector));
            else
            {
                // The matrix M with vec(M) = v is kron(vec(eye(n))', eye(m))*kron(eye(n), v).
                var gather = Form.Call("kron", Kind.Matrix, Form.Call("vec", Kind.Column, slowEye).Transpose(), fastEye);
                AddEdge(fast, slow, false, Form.Multiply(gather, Form.Call("kron", Kind.Matrix, slowEye, vector)));
            }
            return true;
        }
        return false;
    }

    private bool Joined(int a, int b) => _edges.Exists(e => (e.From == a && e.To == b) || (e.From == b && e.To == a));

    // The matrix between two points with its rows at the first, which leaves the graph.
    private Form Taken(int rows, int columns)
    {
        Merge(rows, columns);
        var edge = _edges.First(e => (e.From == rows && e.To == columns) || (e.From == columns && e.To == rows));
        _edges.Remove(edge);
        _absorbed.Add(rows);
        _absorbed.Add(columns);
        return Directed(edge, rows);
    }

    // The vector on a merged point: kron(u, w) of what stands at its parts, or vec of the matrix between them.
    private Form? Merger(int slow, int fast)
    {
        if (!Joined(slow, fast)) return Single(slow) is { } u && Single(fast) is { } w ? Form.Call("kron", Kind.Column, u, w) : null;
        if (_selected[slow] is not null || _selected[fast] is not null) return null;
        var chain = new List<Form>();
        if (_vectors[fast] is { } rows) chain.Add(Form.Diagonal(Form.Hadamard([.. rows])));
        chain.Add(Taken(fast, slow));
        if (_vectors[slow] is { } columns) chain.Add(Form.Diagonal(Form.Hadamard([.. columns])));
        return Form.Call("vec", Kind.Column, Form.Multiply([.. chain]));
    }

    // The column on a point without edges.
    private Form? Single(int point)
    {
        _absorbed.Add(point);
        if (_selected[point] is not { } index) return _vectors[point] is { } weights ? Form.Hadamard([.. weights]) : _sizes!.Ones(_dimensions[point]);
        if (_sizes!.Identity(_dimensions[point]) is not { } eye) return null;
        var unit = Form.Index(eye, Kind.Column, null, Form.Constant(Core.Tensors.Integer(index)));
        return _vectors[point] is { } scaled ? Form.Multiply(Selected(Form.Hadamard([.. scaled]), index), unit) : unit;
    }
}
