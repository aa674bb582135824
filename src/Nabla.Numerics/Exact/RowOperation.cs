namespace Nabla.Numerics;

/// <summary>An elementary operation on the rows of a matrix; rows are counted from 0 and written from 1.</summary>
/// <typeparam name="TNumber">The type of the factors.</typeparam>
/// <param name="Kind">Which operation.</param>
/// <param name="Target">The row that changes.</param>
/// <param name="Source">The other row of an exchange or an addition; the target itself for a scaling.</param>
/// <param name="Factor">The factor of a scaling or of an addition; 1 for an exchange.</param>
public readonly record struct RowOperation<TNumber>(RowOperationKind Kind, int Target, int Source, TNumber Factor)
    where TNumber : struct
{
    /// <summary>The operation as it is written by hand: <c>R1 &lt;-&gt; R2</c>, <c>R1 &lt;- 1/2 R1</c>, <c>R2 &lt;- R2 - 2 R1</c>.</summary>
    public override string ToString()
    {
        string factor = Factor.ToString() ?? "";
        string target = $"R{Target + 1}", source = $"R{Source + 1}";
        switch (Kind)
        {
            case RowOperationKind.Exchange: return $"{target} <-> {source}";
            case RowOperationKind.Scale: return factor == "-1" ? $"{target} <- -{target}" : $"{target} <- {factor} {target}";
            default:
                bool negative = factor.StartsWith('-');
                string size = negative ? factor[1..] : factor;
                return $"{target} <- {target} {(negative ? '-' : '+')} {(size == "1" ? "" : size + " ")}{source}";
        }
    }
}
