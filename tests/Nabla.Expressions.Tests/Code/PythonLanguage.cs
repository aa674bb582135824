using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Python with a library for arrays.</summary>
/// <param name="target">What the code is written for.</param>
/// <param name="module">The module that must be there.</param>
/// <param name="path">A folder of modules to be found before others; null for none.</param>
internal sealed class PythonLanguage(CodeTarget target, string module, string? path = null) : ProcessLanguage
{
    private const string Python = "/usr/bin/python3";
    private static readonly ConcurrentDictionary<string, bool> s_installed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override CodeTarget Target => target;

    /// <inheritdoc/>
    public override string? Missing => s_installed.GetOrAdd($"{path}:{module}", _ => File.Exists(Python) && Finished(With(new(Python, ["-c", $"import {module}"]))).Status == 0)
        ? null
        : $"Python with {module} is not installed: the code for it was not run.";

    /// <inheritdoc/>
    protected override string FileName => "derivative.py";

    /// <inheritdoc/>
    protected override (string FileName, string Text) Driver => ("driver.py", """
        import sys, traceback
        import numpy as np
        module = sys.argv[2]
        if module == "torch":
            import torch
        elif module == "jax":
            import jax
            jax.config.update("jax_enable_x64", True)
        def array(line):
            shape, entries = line.split(":")
            x = np.array([float(e) for e in entries.split()]).reshape([int(n) for n in shape.split()])
            return torch.tensor(x) if module == "torch" else jax.numpy.array(x) if module == "jax" else x
        def text(x):
            x = np.asarray(x, dtype=float)
            return " ".join(map(str, x.shape)) + ": " + " ".join(repr(float(e)) for e in x.ravel())
        for k in range(1, int(sys.argv[1]) + 1):
            try:
                world = {}
                exec(open(f"{k}/derivative.py").read(), world)
                results = world["derivative"](*[array(line) for line in open(f"{k}/inputs.txt")])
                print("=", " | ".join(text(x) for x in (results if isinstance(results, tuple) else (results,))))
            except Exception:
                print("!", traceback.format_exc().strip().replace("\n", "\t"))
        """);

    /// <inheritdoc/>
    protected override ProcessStartInfo Start(int cases) => With(new(Python, ["driver.py", $"{cases}", module]));

    private ProcessStartInfo With(ProcessStartInfo start)
    {
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        if (path is not null) start.Environment["PYTHONPATH"] = path;
        return start;
    }
}
