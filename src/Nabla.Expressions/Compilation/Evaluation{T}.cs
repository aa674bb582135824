using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>The inputs and the memory of one evaluation of a <see cref="CompiledExpression{T}"/> at a time.</summary>
/// <remarks>Inputs stay set until they are set again; an array is bound and not copied, so that its entries may change between runs. A repeated run allocates nothing.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class Evaluation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CompiledExpression<T> _expression;
    private readonly T[]?[] _data;
    private readonly int[] _offsets;
    private readonly int[]?[] _shapes;
    private readonly bool[] _isOwn;
    private Workspace<T>? _workspace;

    internal Evaluation(CompiledExpression<T> expression)
    {
        _expression = expression;
        int count = expression.Inputs.Count;
        (_data, _offsets, _shapes, _isOwn) = (new T[count][], new int[count], new int[count][], new bool[count]);
    }

    /// <summary>The bytes that the evaluation holds beside its inputs, known before it runs.</summary>
    /// <exception cref="NablaException">An input is not set.</exception>
    public long Bytes => Ready().Plan.Bytes<T>();

    /// <summary>Binds an input to an array; its entries are read when the evaluation runs, its declared properties are looked at now.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="value">The array; one that is not contiguous is copied.</param>
    /// <exception cref="NablaException">There is no such input, its value has another number of axes or violates a declared property.</exception>
    public void Set(string name, NDArray<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int input = IndexOf(name);
        var entries = value.AsContiguous();
        Demand(input, entries);
        Bind(input, entries.Data, entries.Offset, entries.Shape);
    }

    /// <summary>Sets a scalar input.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NablaException">There is no such input.</exception>
    public void Set(string name, T value)
    {
        int input = IndexOf(name);
        if (_shapes[input] is not [] || !_isOwn[input]) Bind(input, new T[1], 0, []);
        _isOwn[input] = true;
        _data[input]![0] = value;
    }

    /// <summary>Copies the entries of an input, row by row.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="shape">The shape; that of the last value, or a scalar or a vector, where nothing is said.</param>
    /// <exception cref="NablaException">There is no such input.</exception>
    [OverloadResolutionPriority(1)] // A collection expression could make an array too.
    public void Set(string name, ReadOnlySpan<T> entries, params ReadOnlySpan<int> shape)
    {
        int input = IndexOf(name);
        if (shape.Length == 0 && entries.Length == 1 && _expression.Compiled.Inputs[input].Shape.Axes.Count == 0)
        {
            Set(name, entries[0]);
            return;
        }
        if (shape.Length == 0 && _shapes[input] is { } last && View.Product(last) == entries.Length) shape = last;
        bool isSame = _isOwn[input] && _data[input] is not null && _shapes[input] is { } before && shape.SequenceEqual(before);
        if (isSame && _expression.Compiled.Inputs[input].Properties == Properties.None)
        {
            entries.CopyTo(_data[input]);
            return;
        }
        Set(name, shape.Length == 0 ? NDArray<T>.FromSpan(entries) : NDArray<T>.FromSpan(entries, shape));
        _isOwn[input] = true;
    }

    /// <summary>Computes the results.</summary>
    /// <exception cref="NablaException">An input is missing, shapes do not fit, or the results do not exist for these inputs.</exception>
    public void Run() => Run(onlyVarying: false);

    /// <summary>Computes the results again after inputs that vary have changed, and no others.</summary>
    internal void RunVarying() => Run(onlyVarying: true);

    /// <summary>The entries of a result, row by row; they stay until the next run.</summary>
    /// <param name="output">Its place among the outputs.</param>
    public ReadOnlySpan<T> Result(int output) => (_workspace ?? throw new InvalidOperationException("Nothing has been computed yet: Run comes first.")).Result(output);

    /// <summary>The entries of a result by its name.</summary>
    /// <param name="output">The name.</param>
    public ReadOnlySpan<T> Result(string output) => Result(OutputOf(output));

    /// <summary>The value of a scalar result.</summary>
    /// <param name="output">Its place among the outputs.</param>
    public T Scalar(int output) => Result(output)[0];

    /// <summary>A result as an array of its own.</summary>
    /// <param name="output">Its place among the outputs.</param>
    public NDArray<T> ToArray(int output)
    {
        var entries = Result(output);
        int[] sizes = _workspace!.Plan.Results[output].Sizes;
        return sizes.Length == 0 ? NDArray<T>.Scalar(entries[0]) : NDArray<T>.FromSpan(entries, sizes);
    }

    /// <summary>The report of the plan for the inputs that are set.</summary>
    /// <exception cref="NablaException">An input is not set.</exception>
    public string Explain() => Ready().Plan.Explain<T>();

    internal void Forget()
    {
        Array.Clear(_data);
        Array.Clear(_isOwn);
    }

    private void Run(bool onlyVarying)
    {
        var workspace = Ready();
        try
        {
            Pin(workspace, 0, onlyVarying);
        }
        catch (RangeException)
        {
            Refer(workspace);
        }
    }

    /// <summary>Takes the results from the reference evaluation, in double precision, which carries squares beyond the range.</summary>
    private void Refer(Workspace<T> workspace)
    {
        var compiled = _expression.Compiled;
        var values = new Dictionary<string, NDArray<double>>(StringComparer.Ordinal);
        for (int i = 0; i < _data.Length; i++)
        {
            var entries = _data[i].AsSpan(_offsets[i], (int)View.Product(_shapes[i]!));
            var value = NDArray<double>.Zeros(_shapes[i]!);
            for (int k = 0; k < entries.Length; k++) value.AsSpan()[k] = double.CreateTruncating(entries[k]);
            values[compiled.Inputs[i].Name] = value;
        }
        var sizes = compiled.SizesFor(_shapes!);
        NDArray<double> Of(Node node, bool isDerivative) => new TensorEvaluator(values, sizes, Work.Unlimited, isDerivative).Evaluate(node);
        bool hasDerivative = compiled.Results.Any(r => r.IsDerivative);
        if (hasDerivative && compiled.Guard is { } guard) DemandFinite([.. Of(guard, false).ToArray().Select(T.CreateTruncating)], null);
        for (int i = 0; i < compiled.Results.Count; i++)
        {
            var (name, node, isDerivative) = compiled.Results[i];
            double[] entries = Of(node, isDerivative).ToArray();
            var result = workspace.Result(i);
            for (int k = 0; k < entries.Length; k++) result[k] = T.CreateTruncating(entries[k]);
            if (hasDerivative) DemandFinite(result, isDerivative ? name : null);
        }
    }

    private static void DemandFinite(ReadOnlySpan<T> entries, string? name)
    {
        fixed (T* x = entries)
            if (!Vectors.AreFinite(x, entries.Length)) throw Runner<T>.NotFinite(x, entries.Length, name);
    }

    private int OutputOf(string name)
    {
        for (int i = 0; i < _expression.Outputs.Count; i++) if (_expression.Outputs[i] == name) return i;
        throw new NablaException(ErrorCode.Name, $"There is no result {name}: the results are {string.Join(", ", _expression.Outputs)}.");
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _expression.Inputs.Count; i++) if (_expression.Inputs[i] == name) return i;
        throw new NablaException(ErrorCode.Name, $"There is no input {name}: the inputs are {string.Join(", ", _expression.Inputs)}.");
    }

    private void Demand(int input, NDArray<T> value)
    {
        var variable = _expression.Compiled.Inputs[input];
        if (variable.Properties == Properties.None || value.Order != variable.Shape.Axes.Count) return;
        PropertyCheck.Demand(variable, Values.Of(variable.Shape.Kind, NDArray<double>.FromArray([.. value.ToArray().Select(double.CreateTruncating)], value.Shape.Length == 0 ? [1] : value.Shape)), _expression.Compiled.Program.PlaceOf(variable.Name));
    }

    private void Bind(int input, T[] data, int offset, ReadOnlySpan<int> shape)
    {
        (_data[input], _offsets[input], _isOwn[input]) = (data, offset, false);
        if (_shapes[input] is { } before && shape.SequenceEqual(before)) return;
        _shapes[input] = shape.ToArray();
        _workspace = null;
    }

    private Workspace<T> Ready()
    {
        if (_workspace is { } ready && Array.TrueForAll(_data, d => d is not null)) return ready;
        var missing = _expression.Inputs.Where((_, i) => _data[i] is null).ToArray();
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A value is needed for {string.Join(", ", missing)}.");
        return _workspace ??= new(_expression.Compiled.PlanFor(_shapes!));
    }

    // Every array stays where it is until all steps are done.
    private void Pin(Workspace<T> workspace, int input, bool onlyVarying)
    {
        if (input == _data.Length)
        {
            workspace.Run(onlyVarying);
            return;
        }
        fixed (T* data = &MemoryMarshal.GetArrayDataReference(_data[input]!))
        {
            workspace.Addresses[input] = data + _offsets[input];
            Pin(workspace, input + 1, onlyVarying);
        }
    }
}
