using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

internal sealed partial class Typing
{
    private Shape Sum(SumSyntax sum)
    {
        int count = sum.Terms.Count;
        var operands = new SyntaxNode[count];
        for (int i = 0; i < count; i++) operands[i] = sum.Terms[i].Operand;
        var shapes = Joined(sum, operands);
        var shape = shapes[0];
        var chain = new Shape[count];
        chain[0] = shape;
        for (int i = 1; i < count; i++)
        {
            var term = sum.Terms[i];
            (Site, SiteCount) = (sum, i + 1);
            shape = OperatorTable.Find(term.Negative ? "-" : "+")!.Infer(_rule.Of(term.Place, sum, i, shape, shapes[i]));
            chain[i] = shape;
        }
        _chains[sum] = chain;
        return shape;
    }

    private Shape Product(ProductSyntax product)
    {
        bool joins = product.Links.Count > 0 && IsElementwise(product.Links[0].Operator);
        var shape = default(Shape);
        if (!joins) shape = Infer(product.First);
        var chain = new Shape[product.Links.Count];
        for (int i = 0; i < chain.Length; i++)
        {
            var link = product.Links[i];
            Shape right;
            if (i == 0 && joins)
            {
                var both = Joined(product, [product.First, link.Operand]);
                (shape, right) = (both[0], both[1]);
            }
            else if (IsElementwise(link.Operator) && !shape.IsScalar && Adoptable(link.Operand) is { } name)
            {
                Adopt(name, shape, product);
                right = Infer(link.Operand);
            }
            else right = Infer(link.Operand);
            (Site, SiteCount) = (product, i + 2);
            shape = OperatorTable.Find(SignOf(link.Operator))!.Infer(_rule.Of(link.Place, product, i + 1, shape, right));
            chain[i] = shape;
        }
        _chains[product] = chain;
        return shape;
    }

    private static bool IsElementwise(Infix sign) => sign is Infix.Hadamard or Infix.ElementwiseDivide;

    private static string SignOf(Infix sign) => sign switch
    {
        Infix.Multiply => "*",
        Infix.Hadamard => ".*",
        Infix.Divide => "/",
        Infix.ElementwiseDivide => "./",
        Infix.Solve => "\\",
        _ => "⊗",
    };

    // The shapes of operands that must be equal or scalar: bare undeclared names take the shape of the others.
    private Shape[] Joined(SyntaxNode node, IReadOnlyList<SyntaxNode> operands)
    {
        var shapes = new Shape[operands.Count];
        if (_adoptable.Count == 0)
        {
            for (int i = 0; i < shapes.Length; i++) shapes[i] = Infer(operands[i]);
            return shapes;
        }
        int waiting = 0;
        Shape? shape = null;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (Adoptable(operands[i]) is not null)
            {
                waiting++;
                continue;
            }
            shapes[i] = Infer(operands[i]);
            if (shape is null && !shapes[i].IsScalar) shape = shapes[i];
        }
        if (waiting == 0) return shapes;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i].Rows is not null) continue;
            if (shape is { } taken && Adoptable(operands[i]) is { } name) Adopt(name, taken, node);
            shapes[i] = Infer(operands[i]);
        }
        return shapes;
    }

    // The name, where a node is an undeclared scalar that stands bare (a sign does not matter).
    private string? Adoptable(SyntaxNode node)
    {
        while (node is NegateSyntax negate) node = negate.Operand;
        return node is NameSyntax name && _adoptable.Contains(name.Name) && _environment[name.Name].IsScalar ? name.Name : null;
    }

    private void Adopt(string name, Shape shape, SyntaxNode node)
    {
        if (_stays.Contains(name))
        {
            (Site, SiteCount) = (node, int.MaxValue);
            throw new NablaException(ErrorCode.Shape, $"{name} stands bare beside {Words(Dimensions.Resolve(shape))} and would have to be a scalar; if it is one, declare it: {name} in R.", node.Place);
        }
        if (_seen.Contains(name)) IsStale = true;
        _kinds[name] = shape.Kind;
        _environment[name] = shape;
        Adopted[name] = node;
    }
}
