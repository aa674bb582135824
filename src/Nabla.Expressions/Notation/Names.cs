using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

/// <summary>Finds what every name of a program is, before any shape is known: declared, bound, an index, a function, or to be guessed.</summary>
/// <remarks>Checks that names are bound once and before they are used, that functions exist and that they get as many arguments as they take.</remarks>
internal sealed class Names
{
    private static readonly HashSet<string> s_ofVectors = new(StringComparer.Ordinal) { "norm1", "norm2", "normF", "norminf", "dot", "diag", "lse" };

    private readonly Dictionary<string, Declaration> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameUse> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyntaxNode?> _bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _later = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<string> _indices = [];
    private readonly IReadOnlyDictionary<string, GivenShape> _given;

    private Names(IReadOnlyDictionary<string, GivenShape> given) => _given = given;

    /// <summary>The declarations, by name.</summary>
    public IReadOnlyDictionary<string, Declaration> Declared => _declared;

    /// <summary>What the bound names are bound to; null where a name is one of several.</summary>
    public IReadOnlyDictionary<string, SyntaxNode?> Bound => _bound;

    /// <summary>How the free names that occur are used.</summary>
    public IReadOnlyDictionary<string, NameUse> Used => _used;

    /// <summary>The free names: those declared, then the others, each in the order of the program.</summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>Where a free name is declared, or first used; null for a name that is neither.</summary>
    public Place? PlaceOf(string name) => _declared.TryGetValue(name, out var declaration) ? declaration.Place : _used.TryGetValue(name, out var use) ? use.Place : null;

    /// <summary>The number of nodes of the program's trees.</summary>
    public int Nodes { get; private set; }

    /// <summary>Looks through a program.</summary>
    /// <exception cref="NablaException">A name or a function is unknown, comes too early, or a function's arguments are too many or too few.</exception>
    public static Names Of(ProgramSyntax program, IReadOnlyList<Declaration> declarations, IReadOnlyDictionary<string, GivenShape> given)
    {
        var names = new Names(given);
        foreach (var declaration in declarations) names.Declare(declaration);
        foreach (var declaration in program.Declarations) names.Declare(declaration);
        foreach (var binding in program.Bindings)
            for (int i = 0; i < binding.Names.Count; i++) names.Announce(binding.Names[i], binding.Places.Count > i ? binding.Places[i] : binding.Value.Place);
        for (int i = 0; i < program.FunctionNames.Count; i++)
            names.Announce(program.FunctionNames[i], program.FunctionPlaces is { } places ? places[i] : program.Function.Place);
        foreach (var binding in program.Bindings)
        {
            names.Visit(binding.Value);
            foreach (string name in binding.Names) names._bound[name] = binding.Names.Count == 1 ? binding.Value : null;
        }
        names.Visit(program.Function);
        foreach (string name in program.FunctionNames) names._bound[name] = program.FunctionNames.Count == 1 ? program.Function : null;
        names._order.InsertRange(0, names._declared.Keys.Where(n => !names._bound.ContainsKey(n)));
        return names;
    }

    /// <summary>The function of a name; null if there is none (the words for signs are no functions).</summary>
    public static Operator? FunctionNamed(string name) => OperatorTable.Find(name) is { IsFunction: true } function ? function : null;

    /// <summary>Whether the caller has a value of a name.</summary>
    public bool IsGiven(string name) => _given.ContainsKey(name);

    private void Declare(Declaration declaration)
    {
        string name = declaration.Name;
        if (FunctionNamed(name) is not null) throw new NablaException(ErrorCode.Name, $"{name} is a function and cannot be declared.", declaration.Place);
        if (!_declared.TryAdd(name, declaration) && (_declared[name].Shape != declaration.Shape || _declared[name].Properties != declaration.Properties))
            throw new NablaException(ErrorCode.Ambiguous,
                $"The declarations of a name must agree, but here are {Writing.NotationWriter.Write(_declared[name])} and {Writing.NotationWriter.Write(declaration)}.", declaration.Place);
    }

    private void Announce(string name, Place place)
    {
        if (FunctionNamed(name) is not null) throw new NablaException(ErrorCode.Name, $"{name} is a function and cannot be bound.", place);
        if (!_later.TryAdd(name, place)) throw new NablaException(ErrorCode.Name, $"A name is bound once, but {name} is bound a second time.", place);
    }

    private bool Visit(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Visit(node));
        Nodes++;
        switch (node)
        {
            case NumberSyntax:
                break;
            case NameSyntax name:
                Name(name);
                break;
            case CallSyntax call:
                Call(call);
                break;
            case SumSyntax sum:
                foreach (var term in sum.Terms) Visit(term.Operand);
                break;
            case ProductSyntax product:
                Visit(product.First);
                foreach (var link in product.Links) Visit(link.Operand);
                break;
            case NegateSyntax negate:
                Visit(negate.Operand);
                break;
            case PowerSyntax power:
                Visit(power.Base);
                Visit(power.Exponent);
                if (!power.Elementwise && power.Base is NameSyntax @base && _used.TryGetValue(@base.Name, out var use)) use.UnderPower = true;
                break;
            case TransposeSyntax transpose:
                Visit(transpose.Operand);
                NotScalar(transpose.Operand);
                break;
            case IndexSyntax index:
                Visit(index.Operand);
                NotScalar(index.Operand);
                break;
            case ReductionSyntax reduction:
                _indices.AddRange(reduction.Indices);
                Visit(reduction.Body);
                _indices.RemoveRange(_indices.Count - reduction.Indices.Count, reduction.Indices.Count);
                break;
            case BlockSyntax block:
                foreach (var row in block.Rows)
                    foreach (var entry in row) Visit(entry);
                break;
            default:
                throw new ArgumentException($"Unknown syntax {node.GetType().Name}.", nameof(node));
        }
        return true;
    }

    private void Name(NameSyntax node)
    {
        string name = node.Name;
        if (_indices.Count > 0 && _indices.Contains(name))
            throw new NablaException(ErrorCode.Kind, $"{name} is an index here and stands only in brackets, as in x[{name}]; it has no value of its own.", node.Place);
        if (_bound.ContainsKey(name) || _used.ContainsKey(name)) return;
        if (_later.TryGetValue(name, out var bound))
            throw new NablaException(ErrorCode.Name, $"{name} is used before it is bound; it is bound at {bound.Line}:{bound.Column}.", node.Place);
        if (!_declared.ContainsKey(name))
        {
            if (FunctionNamed(name) is not null) throw new NablaException(ErrorCode.Name, $"{name} is a function and needs arguments: {name}(...).", node.Place);
            if (name == "pi" && !_given.ContainsKey(name)) return;
            _order.Add(name);
        }
        _used.Add(name, new() { Place = node.Place });
    }

    private void NotScalar(SyntaxNode node)
    {
        while (node is TransposeSyntax transpose) node = transpose.Operand;
        if (node is NameSyntax name && _used.TryGetValue(name.Name, out var use)) use.NotScalar = true;
    }

    private void Call(CallSyntax call)
    {
        var function = FunctionNamed(call.Function) ?? throw Unknown(call);
        int count = call.Arguments.Count;
        var (least, most) = function.Arity;
        if (count < least || count > most)
            throw new NablaException(ErrorCode.Kind, $"{call.Function} takes {Count(least, most)}, but here {(count == 1 ? "is 1" : $"are {count}")}.", call.Place);
        foreach (var argument in call.Arguments)
        {
            if (function.TakesSizes) Size(argument);
            else Visit(argument);
            if (s_ofVectors.Contains(function.Name)) NotScalar(argument);
        }
    }

    private static string Count(int least, int most) =>
        least == most ? least == 1 ? "1 argument" : $"{least} arguments" : $"{least} {(most == least + 1 ? "or" : "to")} {most} arguments";

    // A bare name among the arguments of eye is a dimension, but eye(rows(A)) needs A.
    private bool Size(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Size(node));
        switch (node)
        {
            case NameSyntax or NumberSyntax:
                break;
            case SumSyntax sum:
                foreach (var term in sum.Terms) Size(term.Operand);
                break;
            case ProductSyntax product:
                Size(product.First);
                foreach (var link in product.Links) Size(link.Operand);
                break;
            case NegateSyntax negate:
                Size(negate.Operand);
                break;
            default:
                Visit(node);
                break;
        }
        return true;
    }

    private NablaException Unknown(CallSyntax call)
    {
        string name = call.Function;
        bool isVariable = _declared.ContainsKey(name) || _later.ContainsKey(name) || _used.ContainsKey(name) || _given.ContainsKey(name);
        string? nearest = isVariable ? null : FunctionWords.Meaning(name) ?? EditDistance.Nearest(name, OperatorTable.All.Where(o => o.IsFunction && o.InNotation).SelectMany(o => o.Aliases.Prepend(o.Name)));
        string rest = nearest is not null ? $"; did you mean {nearest}?" : isVariable ? $", it is a variable: an entry is {name}[...], a product {name}*(...)." : $"; an entry is written {name}[...], a product {name}*(...).";
        return new(ErrorCode.Name, $"There is no function {name}{rest}", call.Place);
    }
}
