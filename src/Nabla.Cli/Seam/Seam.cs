using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

internal enum Layout { Mixed, Numerator, Denominator }

internal sealed record DerivativeRequest
{
    public required string Expression { get; init; }
    public IReadOnlyList<string> Declare { get; init; } = [];
    public string? Wrt { get; init; }
    public int Order { get; init; } = 1;
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();
    public Layout Layout { get; init; }
    public bool Check { get; init; } = true;
    public Work Work { get; init; } = Work.Unlimited;
}

internal sealed record EvaluationRequest
{
    public required string Expression { get; init; }
    public IReadOnlyList<string> Declare { get; init; } = [];
    public IReadOnlyDictionary<string, NDArray<double>> At { get; init; } = new Dictionary<string, NDArray<double>>();
    public Work Work { get; init; } = Work.Unlimited;
}

internal sealed record FunctionForm(string Text, string Latex, string Mathml, Shape Shape, Value? Value);

internal sealed record DerivativeForm
{
    public string? Text { get; init; }
    public string? Latex { get; init; }
    public string? Mathml { get; init; }
    public string? Index { get; init; }
    public string? Vec { get; init; }
    public string? LinearMap { get; init; }
    public IReadOnlyList<Dimension> Axes { get; init; } = [];
    public int FunctionAxes { get; init; }
    public int VariableAxes { get; init; }
    public NDArray<double>? Value { get; init; }
}

internal sealed record CheckResult(string Method, int Points, double MaxRelativeError);

internal sealed record DerivativeAnswer(IReadOnlyList<Variable> Variables, FunctionForm Function, DerivativeForm Derivative, CheckResult? Check, IReadOnlyList<string> Notes);

internal sealed record EvaluationAnswer(IReadOnlyList<KeyValuePair<string, Value>> Outputs, IReadOnlyList<string> Notes);

internal static class Questions
{
    public static DerivativeAnswer Derivative(DerivativeRequest request) => throw new NablaException(ErrorCode.Unsupported, "Derivatives are not there yet.");

    public static EvaluationAnswer Evaluate(EvaluationRequest request) => throw new NablaException(ErrorCode.Unsupported, "Values are not there yet.");
}
