namespace Nabla.Expressions.Operators;

/// <summary>All operators, by name, alias and sign.</summary>
internal static partial class OperatorTable
{
    /// <summary>All operators, sorted by type name.</summary>
    public static IReadOnlyList<Operator> All => s_all;

    /// <summary>The operator of a name, alias or sign; null if there is none.</summary>
    public static Operator? Find(string name) => Index.Names.GetValueOrDefault(name);

    /// <summary>The one instance of an operator, for definitions and rules that are written with it.</summary>
    public static T Get<T>() where T : Operator => Instance<T>.Value;

    private static Dictionary<string, Operator> ByName()
    {
        var byName = new Dictionary<string, Operator>(StringComparer.Ordinal);
        foreach (var o in s_all)
        {
            if (!o.InNotation) continue;
            byName.Add(o.Name, o);
            foreach (string alias in o.Aliases) byName.Add(alias, o);
            if (o.Symbol is { } symbol) byName.Add(symbol, o);
        }
        return byName;
    }

    // A class of its own, since the order in which the fields of a partial class are set is not defined.
    private static class Index
    {
        public static readonly Dictionary<string, Operator> Names = ByName();
    }

    private static class Instance<T> where T : Operator
    {
        public static readonly T Value = s_all.OfType<T>().Single();
    }
}
