using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Explanation;

/// <summary>Names what was done between two forms of one expression: which identities took the one to the other.</summary>
/// <remarks>An identity is named where its left side stands before and is gone, or stands less often, after. That the two forms are equal is proven by numbers; this says why.</remarks>
internal static class Identities
{
    // What stands for a whole expression once the core has recognised it.
    private static readonly Dictionary<string, string> s_recognised = new(StringComparer.Ordinal)
    {
        ["sigmoid"] = "exp(z)/(1 + exp(z)) is sigmoid(z).",
        ["softplus"] = "log(1 + exp(z)) is softplus(z).",
        ["softmax"] = "exp(z)/sum(exp(z)) is softmax(z).",
        ["lse"] = "log(sum(exp(z))) is lse(z).",
        ["norm2"] = "z'*z is norm2(z)^2.",
        ["normF"] = "tr(Z'*Z) is normF(Z)^2.",
        ["abs"] = "The root of a square is the absolute value.",
        ["tanh"] = "sinh(z)/cosh(z) is tanh(z).",
        ["logdet"] = "log(det(X)) is logdet(X).",
        ["sum"] = "ones(n)'*v is sum(v), and so is u'*(v./u).",
        ["tr"] = "A sum over equal indices is a trace.",
        ["diag"] = "A product entry by entry with a column is a product with its diagonal matrix.",
    };

    /// <summary>The sentences; empty where nothing but order changed.</summary>
    /// <param name="before">The expression before.</param>
    /// <param name="after">The expression after.</param>
    public static IReadOnlyList<string> Between(SyntaxNode before, SyntaxNode after)
    {
        List<SyntaxNode> old = SyntaxPieces.All(before), now = SyntaxPieces.All(after);
        var sentences = new List<string>();
        int Fewer(Func<SyntaxNode, bool> what) => old.Count(what) - now.Count(what);
        bool Calls(SyntaxNode n, string function) => n is CallSyntax c && c.Function == function;

        if (Fewer(n => Calls(n, "eye")) > 0) sentences.Add("A factor eye drops out: it is the identity.");
        bool hasOnes = Fewer(n => Calls(n, "ones")) > 0;
        if (hasOnes && old.Any(n => Neighbours(n).Any(p => IsOnesRow(p.Left) && Calls(p.Right, "diag")))) sentences.Add("A row of ones times diag(v) is v'.");
        if (Fewer(n => Calls(n, "diag")) > 0)
        {
            if (old.Any(n => Neighbours(n).Any(p => Calls(p.Left, "diag") && Calls(p.Right, "diag")))) sentences.Add("diag(u)*diag(v) = diag(u.*v).");
            if (old.Any(n => Neighbours(n).Any(p => !IsOnesRow(p.Left) && SyntaxPieces.All(p.Left).Any(t => t is TransposeSyntax) && Calls(p.Right, "diag")))) sentences.Add("A row times diag(v) is a product entry by entry: u'*diag(v) = u'.*v'.");
        }
        foreach (var (function, sentence) in s_recognised)
            if (now.Any(n => Calls(n, function)) && !old.Any(n => Calls(n, function))) sentences.Add(sentence);
        if (Fewer(n => Calls(n, "norm2")) > 0 && now.All(n => !Calls(n, "norm2"))) sentences.Add("norm2(z)^2 is z'*z.");
        if (Fewer(n => Calls(n, "inv")) > 0 && now.Sum(Solves) > old.Sum(Solves)) sentences.Add("inv(A)*b is written A \\ b.");
        if (Fewer(n => Calls(n, "inv")) < 0 && now.Sum(Solves) < old.Sum(Solves)) sentences.Add("A \\ B is inv(A)*B.");
        if (Fewer(n => n is CallSyntax { Function: "det", Arguments: [CallSyntax { Function: "inv" }] }) > 0) sentences.Add("det(inv(X)) = 1/det(X).");
        if (old.Any(IsInverseOfProduct) && !now.Any(IsInverseOfProduct)) sentences.Add("inv(A*B) = inv(B)*inv(A), and a matrix times its inverse is the identity.");
        if (Fewer(n => n is TransposeSyntax { Operand: ProductSyntax }) > 0) sentences.Add("The transpose of a product is the product of the transposes in reverse order.");
        if (Fewer(n => n is TransposeSyntax { Operand: SumSyntax }) > 0) sentences.Add("The transpose of a sum is the sum of the transposes.");
        foreach (var sum in old.OfType<SumSyntax>().Where(s => s.Terms.Count == 2 && s.Terms[0].Negative != s.Terms[1].Negative))
        {
            string text = NotationWriter.Write(sum), turned = NotationWriter.Write(new SumSyntax([sum.Terms[1] with { Negative = false }, sum.Terms[0] with { Negative = true }]));
            if (now.OfType<SumSyntax>().Any(s => NotationWriter.Write(s) == turned) && !now.OfType<SumSyntax>().Any(s => NotationWriter.Write(s) == text)) sentences.Add($"{text} = -({turned}).");
        }
        int terms = Terms(before) - Terms(after);
        if (CommonFactor(before, after) is { } factor) sentences.Add($"The common factor {factor} is taken out.");
        else if (terms > 0) sentences.Add("Equal terms are added by their coefficients.");
        else if (terms < 0) sentences.Add("The brackets are multiplied out.");
        int numbers = Fewer(n => n is NumberSyntax);
        if (numbers > 0 && old.Any(n => n is ProductSyntax p && Factors(p).Count(f => f is NumberSyntax or NegateSyntax { Operand: NumberSyntax }) > 1)) sentences.Add("Numbers are multiplied.");
        int signs = Fewer(n => n is NegateSyntax);
        if (signs >= 2) sentences.Add("Minus signs cancel in pairs.");
        else if (signs == 1 && sentences.Count == 0) sentences.Add("The minus sign goes in front of the product or into a difference.");
        if (Repeated(old) > Repeated(now) && terms == 0) sentences.Add("Equal factors are merged by their exponents.");
        else if (sentences.Count == 0 && now.Sum(Divisors) < old.Sum(Divisors)) sentences.Add("What stands above and below the line cancels.");
        if (sentences.Count == 0 && now.Max(Terms) > old.Max(Terms)) sentences.Add("Brackets are multiplied out.");
        if (sentences.Count == 0 && Fewer(n => n is PowerSyntax) < 0) sentences.Add("Equal factors are merged by their exponents.");
        return [.. sentences.Distinct()];
    }

    /// <summary>Whether two forms have the same names and numbers, in whatever order.</summary>
    public static bool IsReordered(SyntaxNode before, SyntaxNode after) =>
        Leaves(before).Order(StringComparer.Ordinal).SequenceEqual(Leaves(after).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Leaves(SyntaxNode node) => SyntaxPieces.All(node).Select(n => n switch
    {
        NameSyntax name => name.Name,
        NumberSyntax number => number.Value.ToString(),
        CallSyntax call => call.Function,
        _ => "",
    }).Where(t => t.Length > 0);

    private static bool IsOnesRow(SyntaxNode node) => node is TransposeSyntax { Operand: CallSyntax { Function: "ones" } };

    private static IReadOnlyList<SyntaxNode> Factors(ProductSyntax product) => [product.First, .. product.Links.Select(l => l.Operand)];

    private static IEnumerable<(SyntaxNode Left, SyntaxNode Right)> Neighbours(SyntaxNode node)
    {
        if (node is not ProductSyntax product) yield break;
        var left = Last(product.First);
        foreach (var link in product.Links)
        {
            var right = Bare(link.Operand);
            // (-diag(y)*X) begins with diag(y).
            var first = right is ProductSyntax { First: var inner } ? Bare(inner) : right;
            // What an identity drops out of stands beside its other neighbour.
            if (right is CallSyntax { Function: "eye" }) continue;
            if (link.Operator == Infix.Multiply) yield return (left, first);
            left = Last(right);
        }
    }

    private static SyntaxNode Last(SyntaxNode node) => Bare(node) is not ProductSyntax product ? Bare(node)
        : product.Links[^1].Operator == Infix.Multiply ? Last(product.Links[^1].Operand)
        : product.Links[^1].Operator != Infix.Divide ? product
        : product.Links.Count == 1 ? Last(product.First) : Last(product.Links[^2].Operand);

    private static SyntaxNode Bare(SyntaxNode node) => node is NegateSyntax negate ? Bare(negate.Operand) : node;

    private static int Solves(SyntaxNode node) => node is ProductSyntax product ? product.Links.Count(l => l.Operator == Infix.Solve) : 0;

    private static int Divisors(SyntaxNode node) => node is ProductSyntax product ? product.Links.Count(l => l.Operator is Infix.Divide or Infix.ElementwiseDivide) : 0;

    private static bool IsInverseOfProduct(SyntaxNode node) => node is CallSyntax { Function: "inv", Arguments: [ProductSyntax or PowerSyntax] };

    private static int Terms(SyntaxNode node) => node switch
    {
        SumSyntax sum => sum.Terms.Count,
        NegateSyntax negate => Terms(negate.Operand),
        TransposeSyntax transpose => Terms(transpose.Operand),
        _ => 1,
    };

    // a*b + a*c = a*(b + c): what stands beside the bracket of sums that were a sum at the root.
    private static string? CommonFactor(SyntaxNode before, SyntaxNode after)
    {
        if (before is not SumSyntax || Bare(after) is not ProductSyntax product) return null;
        var factors = Factors(product);
        if (!factors.Any(f => f is SumSyntax or TransposeSyntax { Operand: SumSyntax })) return null;
        string[] others = [.. factors.Where(f => f is not (SumSyntax or TransposeSyntax { Operand: SumSyntax } or NumberSyntax)).Select(f => NotationWriter.Write(f))];
        return others.Length > 0 ? string.Join(" and ", others) : null;
    }

    // How often factors of a product are repeated in it.
    private static int Repeated(IEnumerable<SyntaxNode> pieces) => pieces.OfType<ProductSyntax>().Sum(p =>
    {
        string[] texts = [.. Factors(p).Where(f => f is not NumberSyntax).Select(f => NotationWriter.Write(f is PowerSyntax power ? power.Base : f))];
        return texts.Length - texts.Distinct().Count();
    });
}
