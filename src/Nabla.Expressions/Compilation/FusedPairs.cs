namespace Nabla.Expressions.Compilation;

/// <summary>Does with one instruction what two would, where nothing else needs the value between them: each instruction is a pass over the block.</summary>
internal static class FusedPairs
{
    /// <summary>The instructions with pairs made one; the values keep their bits.</summary>
    /// <param name="code">The instructions, each with a register of its own.</param>
    /// <param name="result">The register of the value of all.</param>
    public static Instruction[] Of(IReadOnlyList<Instruction> code, int result)
    {
        var uses = code.SelectMany(c => new[] { c.A, c.B }).Append(result).CountBy(r => r).ToDictionary();
        var made = new Dictionary<int, Instruction>();
        var spent = new HashSet<int>();
        foreach (var c in code)
        {
            var fused = made.TryGetValue(c.A, out var inner) && uses[c.A] == 1 ? Fused(c, inner) : null;
            if (fused is not null) spent.Add(c.A);
            made[c.Target] = fused ?? c;
        }
        return [.. code.Where(c => !spent.Contains(c.Target)).Select(c => made[c.Target])];
    }

    private static Instruction? Fused(in Instruction outer, in Instruction inner) => (outer.Operation, inner.Operation) switch
    {
        (Operation.Scale, Operation.Multiply) => inner with { Operation = Operation.ScaledProduct, Constant = outer.Constant, Target = outer.Target },
        (Operation.Scale, Operation.Square) => inner with { Operation = Operation.ScaledProduct, B = inner.A, Constant = outer.Constant, Target = outer.Target },
        (Operation.Softplus, Operation.Scale) when inner.Constant == -1 => outer with { Operation = Operation.SoftplusOfNegative, A = inner.A },
        _ => null,
    };
}
