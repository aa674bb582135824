using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Writes sums: common factors are taken out where that is shorter.</summary>
internal sealed class SumWriter(MatrixWriter writer)
{
    /// <summary>The shortest form found; null if a term has none.</summary>
    public Form? Write(AddNode sum)
    {
        if (sum.IsZero) return writer.Sizes.Zeros(sum.Axes);
        if (sum.Terms is [var (c, only)]) return writer.WriteMultiple(c, only);
        if (Blocks.Write(writer, sum) is { } block) return block;
        var best = Plain(sum);
        if (sum.Terms.Count > 40 || writer.Budget <= 0) return best;
        var (content, primitive) = writer.Tensors.Primitive(sum, 1);
        if (!ReferenceEquals(primitive, sum) && primitive is AddNode inner)
        {
            // 2*(a + b), or (b - a) for -(a - b).
            if (content.Sign < 0 && writer.Tensors.Scale(-1, primitive) is AddNode flipped) Take(Scaled(-content, flipped));
            Take(Scaled(content, inner));
        }
        foreach (var factored in Factoring.Candidates(writer.Tensors, sum))
        {
            if (--writer.Budget <= 0) break;
            Take(writer.Write(factored));
        }
        if (Expansion.Rewrite(writer.Tensors, sum) is { } expanded && --writer.Budget > 0) Take(writer.Write(expanded));
        if (Pythagoras.Rewrite(writer.Tensors, sum) is { } rewritten && --writer.Budget > 0) Take(writer.Write(rewritten));
        return best;

        void Take(Form? candidate)
        {
            if (candidate is not null && (best is null || candidate.Tokens < best.Tokens)) best = candidate;
        }
    }

    private Form? Scaled(Coefficient content, AddNode sum) => !content.IsOne && content != -1 && writer.Write(sum) is { } form ? MatrixWriter.Scale(content, form) : null;

    private Form? Plain(AddNode sum)
    {
        var terms = new (bool Negative, Form Form)[sum.Terms.Count];
        for (int i = 0; i < terms.Length; i++)
        {
            var (coefficient, node) = sum.Terms[i];
            bool negative = coefficient.Sign < 0;
            // What does not change along any axis is a scalar that broadcasts, beside something that does change.
            bool broadcast = node.Order > 0 && Broadcast.Of(node).All(x => x) && sum.Terms.Any(t => !Broadcast.Of(t.Node).All(x => x));
            if (broadcast) node = Broadcast.Drop(writer.Tensors, node, Broadcast.Of(node));
            if (writer.WriteMultiple(negative ? -coefficient : coefficient, node) is not { } form) return null;
            // c*w + X'*(X*w - y) rather than c*w - X'*(y - X*w).
            var turned = negative && HoldsNameLessRest(node) ? writer.WriteMultiple(coefficient, node) : null;
            terms[i] = turned is null || LeadingSign.Of(turned.Syntax) || turned.Tokens > form.Tokens ? (negative, form) : (false, turned);
        }
        // A*x + b rather than b + A*x: bare names stand last.
        return Form.Add([.. terms.Where(t => !IsName(t.Form)), .. terms.Where(t => IsName(t.Form))]);
    }

    // A product with the difference of a name and something longer.
    private static bool HoldsNameLessRest(Node node) => node is ContractNode c && c.Factors.Any(f =>
        f is { IsPlain: true, Operand: AddNode { Order: > 0, Terms: [var a, var b] } } && (IsNameLess(a, b) || IsNameLess(b, a)));

    private static bool IsNameLess((Coefficient Coefficient, Node Node) name, (Coefficient Coefficient, Node Node) rest) =>
        name is { Node: SymbolNode, Coefficient.Sign: > 0 } && rest is { Node: not SymbolNode, Coefficient.Sign: < 0 };

    private static bool IsName(Form form) => form.Syntax is Notation.Syntax.NameSyntax;
}
