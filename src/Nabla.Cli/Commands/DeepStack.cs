using System.Runtime.ExceptionServices;

namespace Nabla.Cli.Commands;

/// <summary>Runs a function on a thread with a stack that deep expressions do not exhaust.</summary>
internal static class DeepStack
{
    private const int StackBytes = 256 << 20;

    /// <summary>The function's result; what it throws is thrown here.</summary>
    public static T Run<T>(Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
