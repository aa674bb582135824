using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

public sealed partial class NotationWriter
{
    private void Postfix(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Postfix(node); return true; });
            return;
        }
        Check();
        switch (node)
        {
            case NameSyntax name:
                _text.Append(name.Name);
                break;
            case NumberSyntax number:
                Number(Numeral.Of(number.Value));
                break;
            case TransposeSyntax transpose:
                Operand(transpose.Operand, power: false);
                _text.Append('\'');
                break;
            case IndexSyntax index:
                Operand(index.Operand, power: false);
                _text.Append('[');
                for (int i = 0; i < index.Indices.Count; i++)
                {
                    if (i > 0) _text.Append(',');
                    if (index.Indices[i] is { } position) Expression(position);
                    else _text.Append(':');
                }
                _text.Append(']');
                break;
            case CallSyntax call:
                _text.Append(call.Function).Append('(');
                List(call.Arguments);
                _text.Append(')');
                break;
            case ReductionSyntax reduction:
                _text.Append(reduction.Function).Append('[').AppendJoin(',', reduction.Indices).Append("](");
                Expression(reduction.Body);
                _text.Append(')');
                break;
            case BlockSyntax block:
                _text.Append('[');
                for (int i = 0; i < block.Rows.Count; i++)
                {
                    if (i > 0) _text.Append("; ");
                    List(block.Rows[i]);
                }
                _text.Append(']');
                break;
            default:
                Bracketed(node);
                break;
        }
    }

    private void List(IReadOnlyList<SyntaxNode> nodes)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            Expression(nodes[i]);
        }
    }
}
