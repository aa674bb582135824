using System.Text;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Arranges syntax trees as mathematics is printed: fractions, scripts, factors side by side; a <see cref="Markup"/> spells it.</summary>
internal sealed partial class Typesetter
{
    private readonly StringBuilder _text = new();
    private readonly Markup _markup;
    private readonly Work _work;
    private readonly Func<SyntaxNode, Shape?>? _shapeOf;

    private Typesetter(Markup markup, Work? work, Func<SyntaxNode, Shape?>? shapeOf = null) => (_markup, _work, _shapeOf) = (markup, work ?? Work.Unlimited, shapeOf);

    /// <summary>Prints an expression.</summary>
    public static string Write(SyntaxNode node, Markup markup, Work? work)
    {
        ArgumentNullException.ThrowIfNull(node);
        var typesetter = new Typesetter(markup, work);
        typesetter._text.Append(markup.Whole.Open);
        typesetter.Expression(node);
        return typesetter._text.Append(markup.Whole.Close).ToString();
    }

    /// <summary>Prints a program's bindings and its function; declarations are left out.</summary>
    /// <param name="program">The program.</param>
    /// <param name="markup">The target.</param>
    /// <param name="work">The budget.</param>
    /// <param name="shapeOf">The shapes to show under the factors; null to show none.</param>
    public static string Write(ProgramSyntax program, Markup markup, Work? work, Func<SyntaxNode, Shape?>? shapeOf = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var typesetter = new Typesetter(markup, work, shapeOf);
        typesetter._text.Append(markup.Whole.Open);
        foreach (var binding in program.Bindings)
        {
            typesetter.Statement(binding.Names, binding.Value);
            typesetter._text.Append(markup.Statement);
        }
        typesetter.Statement(program.FunctionNames, program.Function);
        return typesetter._text.Append(markup.Whole.Close).ToString();
    }

    private void Statement(IReadOnlyList<string> names, SyntaxNode value)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (i > 0) _text.Append(_markup.Comma);
            Name(names[i]);
        }
        if (names.Count > 0) _text.Append(_markup.Binding);
        Expression(value);
    }

    private void Expression(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Expression(node); return true; });
            return;
        }
        Check();
        if (LeadingSign.Strip(false, node) is (false, SumSyntax sum))
        {
            for (int i = 0; i < sum.Terms.Count; i++)
            {
                var (negative, operand) = LeadingSign.Strip(sum.Terms[i].Negative, sum.Terms[i].Operand);
                if (i == 0 && !negative && operand is SumSyntax)
                {
                    Expression(operand);
                    continue;
                }
                negative ^= LeadingSign.Of(operand);
                if (i > 0) _text.Append(negative ? _markup.Minus : _markup.Plus);
                else if (negative) _text.Append(_markup.Negative);
                Term(operand);
            }
            return;
        }
        if (LeadingSign.Of(node)) _text.Append(_markup.Negative);
        Term(node);
    }

    // A term without its leading sign.
    private void Term(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Term(node); return true; });
            return;
        }
        node = LeadingSign.Strip(false, node).Operand;
        if (AsProduct(node) is { } product) Product(product);
        else Dimensioned(node, () =>
        {
            if (node is SumSyntax) Parenthesized(node);
            else Scripted(node);
        });
    }

    // A number needs no dimensions, and those of a scalar tell nothing.
    private void Dimensioned(SyntaxNode node, Action write)
    {
        if (_shapeOf?.Invoke(node) is not { IsScalar: false } shape)
        {
            write();
            return;
        }
        var (open, close) = _markup.Dimensioned(shape.Kind switch { Kind.Column => $"{shape.Rows}", _ => $"{shape.Rows} × {shape.Columns}" });
        _text.Append(open);
        write();
        _text.Append(close);
    }

    private static ProductSyntax? AsProduct(SyntaxNode node) => node switch
    {
        ProductSyntax product => product,
        CallSyntax { Function: "kron", Arguments: [var A, var B] } => new(A, [new(Infix.Kronecker, B)]),
        _ => null,
    };

    private enum Level
    {
        Atom,
        Juxtaposed,
        Elementwise,
        Kronecker,
    }

    // What must be put around the factors so far: a fraction, an inverse or brackets. The outermost opens first.
    private void Product(ProductSyntax product)
    {
        var openings = new List<string>();
        var closings = new string?[product.Links.Count];
        var level = Level.Atom;
        for (int i = 0; i < product.Links.Count; i++)
        {
            var wrap = (product.Links[i].Operator, level) switch
            {
                (Infix.Divide, _) => (_markup.Fraction.Open, _markup.Fraction.Between),
                (Infix.Solve, Level.Atom) when i == 0 && IsBase(Unsigned(product.First)) => (_markup.Superscript.Open, _markup.Superscript.Between + _markup.Inverse + _markup.Superscript.Close),
                (Infix.Solve, _) => (_markup.Superscript.Open + _markup.Parentheses.Open, _markup.Parentheses.Close + _markup.Superscript.Between + _markup.Inverse + _markup.Superscript.Close),
                (Infix.Multiply, Level.Elementwise or Level.Kronecker) or (Infix.Hadamard or Infix.ElementwiseDivide, Level.Kronecker) or (Infix.Kronecker, Level.Elementwise) => _markup.Parentheses,
                _ => default((string, string)?),
            };
            if (wrap is var (open, close))
            {
                openings.Add(open);
                closings[i] = close;
            }
            level = product.Links[i].Operator switch
            {
                Infix.Divide => Level.Atom,
                Infix.Multiply or Infix.Solve => Level.Juxtaposed,
                Infix.Kronecker => Level.Kronecker,
                _ => Level.Elementwise,
            };
        }
        for (int i = openings.Count - 1; i >= 0; i--) _text.Append(openings[i]);
        var left = Unsigned(product.First);
        bool alone = product.Links is [{ Operator: Infix.Divide }, ..];
        if (alone && left is SumSyntax) Expression(left);
        else Factor(left, alone || product.Links.Count == 0);
        for (int i = 0; i < product.Links.Count; i++)
        {
            var (sign, operand, _) = product.Links[i];
            if (closings[i] is { } closing) _text.Append(closing);
            switch (sign)
            {
                case Infix.Divide:
                    Expression(operand);
                    _text.Append(_markup.Fraction.Close);
                    break;
                case Infix.Multiply or Infix.Solve:
                    _text.Append(BeginsWithDigit(operand) ? _markup.Dot : _markup.Juxtaposed(IsWord(left) || IsWord(operand)));
                    Factor(operand, false);
                    break;
                default:
                    _text.Append(sign switch { Infix.Hadamard => _markup.Hadamard, Infix.ElementwiseDivide => _markup.ElementwiseDivide, _ => _markup.Kronecker });
                    Factor(operand, false);
                    break;
            }
            left = operand;
        }
    }

    private static SyntaxNode Unsigned(SyntaxNode node) => LeadingSign.Strip(false, node).Operand;

    private static bool IsWord(SyntaxNode node) => node is NameSyntax { Name.Length: > 1 } or CallSyntax;

    private static bool BeginsWithDigit(SyntaxNode node)
    {
        while (true)
        {
            switch (node)
            {
                case NumberSyntax { Value.Sign: >= 0 }:
                    return true;
                case PowerSyntax power:
                    node = power.Base;
                    break;
                default:
                    return false;
            }
        }
    }

    // A factor, in brackets unless it is one piece; the first one's sign has been written before.
    private void Factor(SyntaxNode node, bool alone)
    {
        bool fraction = node is ProductSyntax { Links: [.., { Operator: Infix.Divide }] };
        bool open = node switch
        {
            SumSyntax or ReductionSyntax => true,
            NegateSyntax => true,
            ProductSyntax => !fraction && !alone || LeadingSign.Of(node),
            CallSyntax { Function: "kron", Arguments.Count: 2 } => !alone,
            NumberSyntax number => number.Value.Sign < 0,
            _ => false,
        };
        if (open) Dimensioned(node, () => Parenthesized(node));
        else Term(node);
    }

    private void Parenthesized(SyntaxNode node)
    {
        _text.Append(_markup.Parentheses.Open);
        Expression(node);
        _text.Append(_markup.Parentheses.Close);
    }

    private void Check()
    {
        _work.Check();
        if (_text.Length > Limits.OutputCharacters)
            throw new NablaException(ErrorCode.Limit, $"The written result would have more than {Limits.OutputCharacters} characters.");
    }
}
