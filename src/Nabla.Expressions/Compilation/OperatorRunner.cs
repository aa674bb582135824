using System.Numerics;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Calls the reference kernel of an operator, in double, for every index of the leading axes.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class OperatorRunner<T>(Workspace<T> workspace, OperatorStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Run()
    {
        int[] operated = step.Operated;
        int size = (int)View.Product(operated), times = size == 0 ? 0 : (int)(step.Argument.Count / size), width = times == 0 ? 0 : (int)(step.Target.Count / times);
        T* x = At(step.Argument), y = At(step.Target);
        double[] own = new double[size];
        for (int b = 0; b < times; b++)
        {
            for (int i = 0; i < size; i++) own[i] = double.CreateTruncating(x[(nint)b * size + i]);
            var value = operated.Length == 1 ? Value.Column(own) : Value.Matrix(operated[0], operated[1], own);
            double[] entries = Entries(new(step.Function.Name, [value], () => value.Shape, default, Work.Unlimited));
            for (int i = 0; i < width; i++) y[(nint)b * width + i] = T.CreateTruncating(entries[i]);
        }
    }

    private double[] Entries(Arguments arguments)
    {
        try
        {
            double[] entries = step.Function.EvaluateEntries(arguments);
            return step.IsDivisor && step.Function.NoDerivativeAt(entries) is { } reason ? throw new NablaException(ErrorCode.Domain, reason) : entries;
        }
        catch (Exception e) when (NumericFailure.Of(e, step.Function.Name, arguments.All) is { } failure)
        {
            throw failure;
        }
    }
}
