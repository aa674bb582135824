using System.Diagnostics;
using System.Globalization;
using Nabla.Derivatives.Bench;
using Nabla.Expressions;
using Nabla.Numerics;

// Reads lines "CASE REPEATS" and answers each with the seconds of the fastest repeat and a checksum of the results, so that a driver can
// alternate with its peers; "threads N", "explain CASE", "bytes CASE", "memory CASE" too.
var cases = new Dictionary<string, Case>
{
    ["logistic-hessian"] = new("sum(log(1 + exp(-y.*(X*w))))", ["X in R^(m x n)", "w in R^n", "y in R^m"], [Output.Derivative("w", 2)], ("X", [2000, 200]), ("w", [200]), ("y", [2000])),
    ["quadratic-hessian"] = new("x'*A*x", ["A in R^(n x n)", "x in R^n"], [Output.Derivative("x", 2)], ("A", [1000, 1000]), ("x", [1000])),
    ["sine-jacobian"] = new("sin(A*x + b)", ["A in R^(m x n)", "x in R^n", "b in R^m"], [Output.Derivative("x")], ("A", [1000, 1000]), ("x", [1000]), ("b", [1000])),
    ["factorisation-hessian"] = new("normF(T - U*V')^2", ["T in R^(m x n)", "U in R^(m x k)", "V in R^(n x k)"], [Output.Derivative("U", 2)], ("T", [100, 100]), ("U", [100, 5]), ("V", [100, 5])),
    ["logistic-gradient"] = new("sum(log(1 + exp(-y.*(X*w))))", ["X in R^(m x n)", "w in R^n", "y in R^m"], [Output.Derivative("w")], ("X", [20000, 200]), ("w", [200]), ("y", [20000])),
    ["network"] = new(
        "H = relu(X*W1 + vector(1)*b1'); Z = H*W2 + vector(1)*b2'; (sum(lse(Z, 2)) - sum(Y.*Z))/128",
        ["X in R^(m x p)", "W1 in R^(p x q)", "b1 in R^q", "W2 in R^(q x r)", "b2 in R^r", "Y in R^(m x r)"],
        [Output.Value, Output.Derivative("W1"), Output.Derivative("b1"), Output.Derivative("W2"), Output.Derivative("b2")],
        ("X", [128, 784]), ("W1", [784, 256]), ("b1", [256]), ("W2", [256, 10]), ("b2", [10]), ("Y", [128, 10])),
    ["gaussian"] = new(
        "-1/2*logdet(S) - 1/2*(t - mu)'*inv(S)*(t - mu)",
        ["S in R^(n x n) positive definite", "t in R^n", "mu in R^n"],
        [Output.Value, Output.Derivative("mu"), Output.Derivative("S")], ("S", [200, 200]), ("t", [200]), ("mu", [200])),
    ["newton-step"] = new(
        "p = sigmoid(X*w); (X'*diag(p.*(1 - p))*X + l*eye(rows(w))) \\ (X'*(p - (1 + y)/2) + l*w)",
        ["X in R^(m x n)", "w in R^n", "y in R^m", "l in R positive"], [Output.Value], ("X", [2000, 200]), ("w", [200]), ("y", [2000]), ("l", [])),
    ["hessian-vector"] = new("lse(A*x)", ["A in R^(m x n)", "x in R^n"], [Output.HessianTimes("x", "v")], ("A", [5000, 500]), ("x", [500]), ("v", [500])),
    ["chain-log-sigmoid"] = new("y.*log(sigmoid(z))", ["y in R^n", "z in R^n"], [Output.Value], ("y", [1_000_000]), ("z", [1_000_000])),
    ["chain-normal"] = new("exp(-z.^2/2)", ["z in R^n"], [Output.Value], ("z", [1_000_000])),
    ["chain-arithmetic"] = new("((2*z + 1).*z - y)/2 + u.*y", ["z in R^n", "y in R^n", "u in R^n"], [Output.Value], ("z", [1_000_000]), ("y", [1_000_000]), ("u", [1_000_000])),
    ["small-gradient"] = new("exp(-x'*x/2)*sin(c'*x)", ["x in R^4", "c in R^4"], [Output.Derivative("x")], ("x", [4]), ("c", [4])),
    ["large-gram"] = new("sum(log(1 + exp(X*w)))", ["X in R^(m x n)", "w in R^n"], [Output.Derivative("w", 2)], ("X", [2000, 2500]), ("w", [2500])),
    ["large-products"] = new(
        "H = relu(X*W1); sum(lse(H*W2, 2))", ["X in R^(m x p)", "W1 in R^(p x q)", "W2 in R^(q x r)"],
        [Output.Value, Output.Derivative("W1"), Output.Derivative("W2")], ("X", [2000, 1500]), ("W1", [1500, 1500]), ("W2", [1500, 1000])),
};
var prepared = new Dictionary<string, (Action Run, Func<double> Checksum, Func<string> Explain, long Bytes)>();
while (Console.ReadLine() is { } line)
{
    string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    switch (words)
    {
        case ["threads", var n]:
            Parallelism.Threads = int.Parse(n, CultureInfo.InvariantCulture);
            Console.WriteLine("0");
            break;
        case ["names"]:
            Console.WriteLine(string.Join(' ', cases.Keys));
            break;
        case ["explain", var name]:
            Console.WriteLine(Of(name).Explain());
            break;
        case ["bytes", var name]:
            Console.WriteLine(Of(name).Bytes);
            break;
        case ["memory", var name]:
            // What the process takes for the first runs beside what it had, and what was told before.
            var work = Of(name);
            GC.Collect();
            File.WriteAllText("/proc/self/clear_refs", "5");
            long before = Resident("VmRSS:");
            work.Run();
            work.Run();
            Console.WriteLine(FormattableString.Invariant($"{work.Bytes} {Resident("VmHWM:") - before}"));
            break;
        case [var name, var repeats]:
            Time(Of(name), int.Parse(repeats, CultureInfo.InvariantCulture));
            break;
    }
}

(Action Run, Func<double> Checksum, Func<string> Explain, long Bytes) Of(string name)
{
    if (!prepared.TryGetValue(name, out var known)) prepared[name] = known = name == "network" ? cases[name].Prepare<float>() : cases[name].Prepare<double>();
    return known;
}

// A line of the kernel's account of this process, in bytes.
static long Resident(string key) => 1024 * long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

static void Time((Action Run, Func<double> Checksum, Func<string> Explain, long Bytes) work, int repeats)
{
    long begin = Stopwatch.GetTimestamp();
    int calls = 0;
    do
    {
        work.Run();
        calls++;
    }
    while (Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.05);
    int batch = Math.Max(1, (int)(2e-5 * calls / Stopwatch.GetElapsedTime(begin).TotalSeconds));
    double best = double.PositiveInfinity;
    long allocated = GC.GetAllocatedBytesForCurrentThread();
    for (int k = 0; k < repeats; k++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int l = 0; l < batch; l++) work.Run();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / batch);
    }
    allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Math.Max(1, repeats * batch);
    Console.WriteLine(FormattableString.Invariant($"{best:R} {work.Checksum():R} {allocated}"));
}
