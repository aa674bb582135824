using System.Text;
using Nabla.Cli.Files;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Tests.Files;

/// <summary>Files that exist in memory only.</summary>
internal static class Contents
{
    public static FileContent Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    public static NDArray<double> Parse(string name, string text) => DataFile.Parse(Of(name, text));

    public static NablaException Refused(string name, string text) => Assert.Throws<NablaException>(() => Parse(name, text));

    public static void AssertIs(NDArray<double> array, int[] shape, params double[] entries)
    {
        Assert.Equal(shape, array.Shape.ToArray());
        Assert.Equal(entries, array.ToArray());
    }
}
