using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>A question for a derivative that a generator made: a program with its declarations, the variable and the order.</summary>
/// <param name="Declarations">The declarations.</param>
/// <param name="Program">The bindings and the function.</param>
/// <param name="Wrt">The variable.</param>
/// <param name="Order">The order.</param>
internal sealed record GeneratedProgram(IReadOnlyList<Declaration> Declarations, ProgramSyntax Program, string Wrt, int Order)
{
    /// <summary>The program as text.</summary>
    public string Text => NotationWriter.Write(Program);

    /// <summary>The declarations as texts.</summary>
    public string[] Declare => [.. Declarations.Select(NotationWriter.Write)];

    /// <summary>The question.</summary>
    public DerivativeRequest Request => new() { Expression = Text, Declare = Declare, Wrt = Wrt, Order = Order };

    /// <summary>The program with its shapes.</summary>
    public TypedProgram Typed() => Inference.Infer(Parser.Parse(Text), Declarations);

    /// <summary>All that is needed to ask again.</summary>
    public override string ToString() => $"{string.Join("; ", Declare)} | {Text} | by {Wrt}, order {Order}";
}
