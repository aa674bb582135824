using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>The memory of one evaluation at a time: the arena, the addresses, and the steps bound to them.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class Workspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const nuint Alignment = 64;

    private readonly Runner<T>[] _runners;
    private readonly Dictionary<Step, Runner<T>> _ofStep = new(ReferenceEqualityComparer.Instance);
    private bool _hasRun;
    private T* _arena;
    private T** _addresses;

    public Workspace(Plan plan)
    {
        Plan = plan;
        _arena = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, plan.ArenaEntries) * (nuint)sizeof(T), Alignment);
        LargePages.Ask(_arena, (nuint)plan.ArenaEntries * (nuint)sizeof(T));
        _addresses = (T**)NativeMemory.AllocZeroed((nuint)Math.Max(1, plan.Storages.Count), (nuint)sizeof(T*));
        foreach (var s in plan.Storages)
        {
            if (s.Kind == StorageKind.Input || s.Place < 0) continue;
            _addresses[s.Slot] = _arena + s.Place;
            for (int i = 0; s.Numbers is { } numbers && i < numbers.Length; i++) _addresses[s.Slot][i] = T.CreateTruncating(numbers[i]);
        }
        _runners = new Runner<T>[plan.Steps.Count];
        for (int i = 0; i < _runners.Length; i++) _ofStep[plan.Steps[i]] = _runners[i] = plan.Steps[i].Bind(this);
    }

    ~Workspace()
    {
        NativeMemory.AlignedFree(_arena);
        NativeMemory.Free(_addresses);
        _arena = null;
        _addresses = null;
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>The address of every storage; those of the inputs are set before a run.</summary>
    public T** Addresses => _addresses;

    /// <summary>The runner of a step that comes before.</summary>
    public Runner<T> RunnerOf(Step step) => _ofStep[step];

    /// <summary>Does all steps, or only those that depend on inputs that vary.</summary>
    public void Run(bool onlyVarying)
    {
        int first = onlyVarying && _hasRun ? Plan.FixedSteps : 0;
        _hasRun = false;
        for (int i = first; i < _runners.Length; i++) _runners[i].Run();
        _hasRun = true;
        GC.KeepAlive(this);
    }

    /// <summary>The entries of a result.</summary>
    public Span<T> Result(int number)
    {
        var view = Plan.Results[number];
        return new(_addresses[view.Storage.Slot] + view.Offset, (int)view.Count);
    }
}
