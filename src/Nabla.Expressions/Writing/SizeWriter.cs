using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>How sizes are written: by the name of a declared dimension, or as <c>rows(x)</c> of a variable that has them.</summary>
/// <param name="variables">The variables of the program.</param>
/// <param name="declared">The names of the dimensions that the program declares.</param>
internal sealed class SizeWriter(IReadOnlyList<Variable> variables, IReadOnlySet<string> declared)
{
    /// <summary>A size as a value: <c>rows(X)</c> or <c>cols(X)</c> of a variable.</summary>
    public (string Function, SyntaxNode Argument)? Write(Dimension dimension)
    {
        foreach (var v in variables) if (!v.Shape.IsScalar && v.Shape.Rows == dimension) return ("rows", new NameSyntax(v.Name));
        foreach (var v in variables) if (v.Shape.Kind is Kind.Matrix or Kind.Row && v.Shape.Columns == dimension) return ("cols", new NameSyntax(v.Name));
        return null;
    }

    /// <summary>A size as the argument of <c>eye</c>, <c>ones</c>, <c>zeros</c>.</summary>
    public SyntaxNode? Size(Dimension dimension)
    {
        if (dimension.Size is { } size) return new NumberSyntax(Tensors.Integer(size));
        if (dimension.Name is { } name && declared.Contains(name)) return new NameSyntax(name);
        if (Write(dimension) is var (function, argument)) return new CallSyntax(function, [argument]);
        // No variable has the size of its own.
        if (dimension.Name is not null) return null;
        SyntaxNode? sum = null;
        var terms = new List<SumTerm>();
        foreach (var (factors, coefficient) in dimension.Monomials.OrderByDescending(m => m.Coefficient))
        {
            if (Product(factors, Math.Abs(coefficient)) is not { } product) return null;
            if (terms.Count == 0 && coefficient < 0) return null;
            terms.Add(new(coefficient < 0, product));
            sum = terms.Count == 1 ? product : new SumSyntax([.. terms]);
        }
        return sum;
    }

    /// <summary>The identity matrix of a size.</summary>
    public Form? Identity(Dimension dimension) => Size(dimension) is { } size ? Form.Sized("eye", Kind.Matrix, true, size) : null;

    /// <summary>A column of ones.</summary>
    public Form? Ones(Dimension dimension) => Size(dimension) is { } size ? Form.Sized("ones", Kind.Column, false, size) : null;

    /// <summary>A matrix of ones.</summary>
    public Form? Ones(Dimension rows, Dimension columns) =>
        Size(rows) is { } m && Size(columns) is { } n ? Form.Sized("ones", Kind.Matrix, rows == columns, m, n) : null;

    /// <summary>A column or matrix of zeros.</summary>
    public Form? Zeros(IReadOnlyList<Dimension> axes)
    {
        if (axes.Count == 0) return Form.Constant(0);
        var sizes = axes.Select(Size).ToArray();
        if (sizes.Contains(null)) return null;
        return Form.Sized("zeros", axes.Count == 1 ? Kind.Column : Kind.Matrix, axes.Count == 2 && axes[0] == axes[1], [.. sizes.Select(s => s!)]);
    }

    private SyntaxNode? Product(string[] factors, long coefficient)
    {
        var parts = new List<SyntaxNode>();
        if (coefficient != 1 || factors.Length == 0) parts.Add(new NumberSyntax(Coefficient.Rational(new BigInteger(coefficient), BigInteger.One)));
        foreach (string f in factors)
        {
            if (Size(Dimension.Named(f)) is not { } part) return null;
            parts.Add(part);
        }
        return parts.Count == 1 ? parts[0] : new ProductSyntax(parts[0], [.. parts.Skip(1).Select(p => new ProductLink(Infix.Multiply, p))]);
    }
}
