using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>A function of doubles, a vector at a time.</summary>
internal interface IVectorFunction
{
    /// <summary>Whether the function has a form for <see cref="Lanes512"/>.</summary>
    static virtual bool IsWide => false;

    static abstract Vector<double> Invoke(Vector<double> x);

    /// <summary>The function of eight numbers; called only where <see cref="IsWide"/>, <see cref="Lanes512.IsSupported"/> and it <see cref="Holds"/>.</summary>
    static virtual Vector512<double> Invoke(Vector512<double> x) => throw new NotSupportedException("The function has no form for 512 bits.");

    /// <summary>Whether the form for 512 bits is right for these numbers; where it is not, each is computed on its own.</summary>
    /// <remarks>The loop asks, not the function: a call inside the function would keep all its numbers in memory, which takes three times as long.</remarks>
    static virtual bool Holds(Vector512<double> x) => true;

    /// <summary>The function of one number; called only where the form for 512 bits does not hold.</summary>
    static virtual double Invoke(double x) => throw new NotSupportedException("The form of the function for 512 bits holds for all numbers.");

    /// <summary>Whether the form for 512 bits is taken in two loops over a block, so that the constants of each stay in registers.</summary>
    static virtual bool HasSteps => false;

    /// <summary>What the first loop computes of eight numbers; called only where <see cref="HasSteps"/>.</summary>
    static virtual Vector512<double> First(Vector512<double> x) => throw new NotSupportedException("The function is computed in one step.");

    /// <summary>The function of eight numbers, given the results of the first loop.</summary>
    static virtual Vector512<double> Second(Vector512<double> x, Vector512<double> first) => throw new NotSupportedException("The function is computed in one step.");
}
