namespace Nabla.Expressions.Writing;

/// <summary>How a target spells what a <see cref="Typesetter"/> arranges: signs, names, brackets and scripts.</summary>
internal abstract class Markup
{
    /// <summary>What stands around a whole expression.</summary>
    public virtual (string Open, string Close) Whole => ("", "");

    /// <summary>The sign of a sum.</summary>
    public abstract string Plus { get; }

    /// <summary>The sign of a difference.</summary>
    public abstract string Minus { get; }

    /// <summary>The sign in front of a negative term.</summary>
    public abstract string Negative { get; }

    /// <summary>Between factors that stand side by side; wider next to words.</summary>
    public abstract string Juxtaposed(bool wide);

    /// <summary>The point between two numbers.</summary>
    public abstract string Dot { get; }

    /// <summary>The sign of the product element by element.</summary>
    public abstract string Hadamard { get; }

    /// <summary>The sign of the quotient element by element.</summary>
    public abstract string ElementwiseDivide { get; }

    /// <summary>The sign of the Kronecker product.</summary>
    public abstract string Kronecker { get; }

    /// <summary>The sign of a binding.</summary>
    public abstract string Binding { get; }

    /// <summary>Between arguments.</summary>
    public abstract string Comma { get; }

    /// <summary>Between statements.</summary>
    public abstract string Statement { get; }

    /// <summary>The index of a whole axis.</summary>
    public abstract string Colon { get; }

    /// <summary>The mark of a transpose.</summary>
    public abstract string Transpose { get; }

    /// <summary>The exponent of an inverse.</summary>
    public abstract string Inverse { get; }

    /// <summary>The exponent of a transposed inverse.</summary>
    public abstract string InverseTranspose { get; }

    /// <summary>The exponent of a pseudoinverse.</summary>
    public abstract string Pseudoinverse { get; }

    /// <summary>A quotient.</summary>
    public abstract (string Open, string Between, string Close) Fraction { get; }

    /// <summary>A base with an exponent.</summary>
    public abstract (string Open, string Between, string Close) Superscript { get; }

    /// <summary>A base with an index.</summary>
    public abstract (string Open, string Between, string Close) Subscript { get; }

    /// <summary>A sum or product over indices: the sign, then the indices, then the body.</summary>
    public abstract (string Open, string Between, string Close) Reduction(string function);

    /// <summary>Round brackets.</summary>
    public abstract (string Open, string Close) Parentheses { get; }

    /// <summary>A square root.</summary>
    public abstract (string Open, string Close) Root { get; }

    /// <summary>An absolute value.</summary>
    public abstract (string Open, string Close) Absolute { get; }

    /// <summary>A norm with its index: <c>1</c>, <c>2</c>, <c>F</c> or <c>∞</c>.</summary>
    public abstract (string Open, string Close) Norm(string index);

    /// <summary>A dot product.</summary>
    public abstract (string Open, string Close) Angles { get; }

    /// <summary>A matrix: what opens it, parts entries, parts rows, and closes it.</summary>
    public abstract (string Open, string Entry, string Row, string Close) Matrix { get; }

    /// <summary>What is put around a piece to show its dimensions.</summary>
    public virtual (string Open, string Close) Dimensioned(string dimensions) => ("", "");

    /// <summary>A number's digits.</summary>
    public abstract string Digits(string digits);

    /// <summary>A symbol of one letter, upright where it stands for a constant of the system.</summary>
    public abstract string Symbol(string letter, bool upright);

    /// <summary>A word: a name of several letters.</summary>
    public abstract string Word(string word);

    /// <summary>The name of a function, before its brackets.</summary>
    public abstract string Function(string name);

    /// <summary>The sign between the sizes of a matrix.</summary>
    public abstract string Cross { get; }

    /// <summary>The exponent of a power element by element begins with this.</summary>
    public abstract string ElementwiseExponent { get; }
}
