using System.Diagnostics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Julia, where it is on the path or the environment variable NABLA_JULIA names it.</summary>
internal sealed class JuliaLanguage : ProcessLanguage
{
    private static readonly string? s_julia = Find("julia", "NABLA_JULIA");

    /// <inheritdoc/>
    public override CodeTarget Target => CodeTarget.Julia;

    /// <inheritdoc/>
    public override string? Missing => s_julia is null ? "Julia is neither on the path nor named by the environment variable NABLA_JULIA: the Julia code was not run." : null;

    /// <inheritdoc/>
    protected override string FileName => "derivative.jl";

    // The package SpecialFunctions has a stand-in with the error function of Julia's own library.
    /// <inheritdoc/>
    protected override (string FileName, string Text) Driver => ("driver.jl", """
        mkpath("packages")
        write("packages/SpecialFunctions.jl", "module SpecialFunctions\nexport erf\nerf(x) = ccall((:erf, Base.Math.libm), Float64, (Float64,), x)\nend\n")
        pushfirst!(LOAD_PATH, abspath("packages"))

        numbers(type, text) = [parse(type, word) for word in split(text)]
        function array(line)
            shape, entries = split(line, ":")
            shape, entries = numbers(Int, shape), numbers(Float64, entries)
            isempty(shape) && return entries[1]
            return permutedims(reshape(entries, Tuple(reverse(shape))), length(shape):-1:1)
        end
        rows(x::Number) = [x]
        rows(x::AbstractArray) = vec(permutedims(Array(x), ndims(x):-1:1))

        for k in 1:parse(Int, ARGS[1])
            try
                world = Module()
                Base.include(world, abspath("$k/derivative.jl"))
                inputs = map(array, readlines("$k/inputs.txt"))
                results = Base.invokelatest(world.derivative, inputs...)
                results isa Tuple || (results = (results,))
                println("= ", join((string(join(size(x), " "), ": ", join(rows(x), " ")) for x in results), " | "))
            catch problem
                println("! ", replace(sprint(showerror, problem), "\n" => "\t"))
            end
        end
        """);

    /// <inheritdoc/>
    protected override ProcessStartInfo Start(int cases) => new(s_julia!, ["--startup-file=no", "--compile=min", "--optimize=0", "driver.jl", $"{cases}"]);
}
