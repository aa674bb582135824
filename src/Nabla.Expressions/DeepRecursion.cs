using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nabla.Expressions;

/// <summary>Lets recursive functions go as deep as their input: near the end of the stack they continue on a fresh one.</summary>
/// <remarks>Use: <c>if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Visit(node));</c> at the head of the function.</remarks>
internal static class DeepRecursion
{
    private const int StackBytes = 64 << 20;

    /// <summary>Whether the stack is nearly used up.</summary>
    public static bool IsNeeded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    /// <summary>Runs a function on a fresh stack, while this thread waits.</summary>
    public static T Continue<T>(Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try { result = function(); }
            catch (Exception e) { failure = ExceptionDispatchInfo.Capture(e); }
        }, StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
