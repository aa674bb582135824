using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Requests;

/// <summary>What answers the questions, with every failure turned into an error that can be told.</summary>
/// <param name="derivative">Answers a question for a derivative.</param>
/// <param name="evaluate">Answers a question for values.</param>
/// <param name="check">Answers a question whether a claim is right.</param>
internal sealed class Engine(Func<DerivativeRequest, DerivativeAnswer> derivative, Func<EvaluationRequest, EvaluationAnswer> evaluate, Func<ClaimRequest, ClaimAnswer> check)
{
    /// <summary>The library.</summary>
    public static Engine Library { get; } = new(Questions.Derivative, Questions.Evaluate, Questions.Check);

    /// <summary>Answers a question of each kind in advance, so that compiling the code at hand is not part of the time of the first one.</summary>
    public void WarmUp()
    {
        var at = new Dictionary<string, NDArray<double>> { ["A"] = NDArray<double>.Identity(2), ["x"] = NDArray<double>.Zeros(2), ["b"] = NDArray<double>.Zeros(2) };
        try
        {
            Derivative(new DerivativeRequest { Expression = "z = A*x + b; x'*sigmoid(z)", Wrt = "x", Order = 2, At = at });
            Evaluate(new EvaluationRequest { Expression = "A*x + b", At = at });
        }
        catch (NablaException)
        {
            // The questions that follow tell their errors themselves.
        }
    }

    /// <summary>The answer to a question for a derivative.</summary>
    /// <exception cref="NablaException">The question has no answer.</exception>
    public DerivativeAnswer Derivative(DerivativeRequest request) => Guard(() => derivative(request));

    /// <summary>The answer to a question for values.</summary>
    /// <exception cref="NablaException">The question has no answer.</exception>
    public EvaluationAnswer Evaluate(EvaluationRequest request) => Guard(() => evaluate(request));

    /// <summary>The answer to a question whether a claim is right.</summary>
    /// <exception cref="NablaException">The question has no answer.</exception>
    public ClaimAnswer Check(ClaimRequest request) => Guard(() => check(request));

    /// <summary>Runs a function; whatever it throws becomes a <see cref="NablaException"/>.</summary>
    /// <exception cref="NablaException">The function failed.</exception>
    public static T Guard<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (Exception e) when (e is not NablaException)
        {
            throw Told(e);
        }
    }

    /// <summary>A failure as an error that can be told.</summary>
    public static NablaException Told(Exception e) => e switch
    {
        NablaException error => error,
        OutOfMemoryException => new(ErrorCode.Limit, "The answer needs more memory than there is.", null, e),
        InsufficientExecutionStackException => new(ErrorCode.Limit, "The expression is nested too deeply.", null, e),
        OperationCanceledException => new(ErrorCode.Limit, "The request was cancelled.", null, e),
        _ => new(ErrorCode.Internal, $"This is a defect of Nabla, please report it: {e.GetType().Name}: {e.Message}", null, e),
    };
}
