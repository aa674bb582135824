using System.Numerics;
using System.Reflection;
using System.Xml.Linq;

namespace Nabla.Numerics.Tests;

/// <summary>A law over the public interface: whatever array a member is given, it gives a result or throws an exception that its documentation names.</summary>
public class HostileInputTests
{
    private static readonly Type[] Functions = [typeof(LinearAlgebra), typeof(MatrixFunctions), typeof(Statistics), typeof(SpecialMatrices), typeof(Elementary), typeof(NDArray), typeof(IterativeSolvers)];
    private static readonly Type[] Objects =
        [typeof(LU<>), typeof(Cholesky<>), typeof(LDL<>), typeof(QR<>), typeof(SymmetricEigen<>), typeof(Eigen<>), typeof(SVD<>), typeof(RandomizedSVD<>), typeof(Schur<>), typeof(Hessenberg<>), typeof(RowReduction<>)];

    /// <summary>Members for which a result without a trace of an input that is not a number is right: they select, count or decide.</summary>
    private static readonly string[] Selecting = ["LowerTriangle", "UpperTriangle", "Permutation", "FormsOf", "Transpose", "Slice", "Every", "Row", "Column", "At", "Diagonal", "SequenceEqual", "Power", "Pow", "Vandermonde", "Toeplitz", "SolveTriangular", "Eigenvalues", "CopyTo", "Map", "Zip"];

    private static readonly Dictionary<string, HashSet<string>> Documented = ReadDocuments();

    private readonly SortedDictionary<string, string> defects = [];

    [Theory]
    [InlineData(typeof(double))]
    [InlineData(typeof(float))]
    public void Every_function_gives_a_result_or_a_documented_exception(Type number)
    {
        List<object> arrays = Arrays(number);
        int calls = 0, refused = 0;
        foreach (Type type in Functions)
        {
            foreach (MethodInfo open in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                MethodInfo method = open.IsGenericMethodDefinition ? open.MakeGenericMethod(number) : open;
                string name = $"{type.Name}.{open.Name}";
                foreach (object?[] arguments in Arguments(method.GetParameters(), arrays, number))
                {
                    calls++;
                    if (!Try(name, () => method.Invoke(null, arguments), arguments)) refused++;
                }
            }
        }
        TestContext.Current.SendDiagnosticMessage($"{calls} calls, {refused} refused");
        Assert.True(defects.Count == 0, string.Join("\n", defects.Values));
        Assert.True(calls > 5000 && refused > 1000, $"only {calls} calls, {refused} refused");
    }

    [Theory]
    [InlineData(typeof(double))]
    [InlineData(typeof(float))]
    public void Every_factorisation_gives_a_result_or_a_documented_exception(Type number)
    {
        List<object> arrays = Arrays(number);
        int calls = 0, refused = 0;
        foreach (Type open in Objects)
        {
            Type type = open.MakeGenericType(number);
            foreach (ConstructorInfo constructor in type.GetConstructors())
            {
                foreach (object?[] arguments in Arguments(constructor.GetParameters(), arrays, number))
                {
                    calls++;
                    object? made = null;
                    if (!Try($"{open.Name}.#ctor", () => made = constructor.Invoke(arguments), arguments, isResult: false))
                    {
                        refused++;
                        continue;
                    }
                    foreach (PropertyInfo property in type.GetProperties().Where(p => !p.PropertyType.IsByRefLike && p.GetIndexParameters().Length == 0))
                        if (!Try($"{open.Name}.{property.Name}", () => property.GetValue(made), arguments)) refused++;
                    foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName))
                        foreach (object?[] inner in Arguments(method.GetParameters(), arrays, number))
                            if (!Try($"{open.Name}.{method.Name}", () => method.Invoke(made, inner), [.. arguments, .. inner])) refused++;
                }
            }
        }
        Assert.True(defects.Count == 0, string.Join("\n", defects.Values));
        Assert.True(calls > 300 && refused > 1000, $"only {calls} calls, {refused} refused");
    }

    [Theory]
    [InlineData(typeof(double))]
    [InlineData(typeof(float))]
    public void Every_member_of_an_array_gives_a_result_or_a_documented_exception(Type number)
    {
        List<object> arrays = Arrays(number);
        Type type = typeof(NDArray<>).MakeGenericType(number);
        int refused = 0;
        foreach (object array in arrays)
        {
            foreach (PropertyInfo property in type.GetProperties().Where(p => !p.PropertyType.IsByRefLike && p.GetIndexParameters().Length == 0))
                if (!Try($"NDArray`1.{property.Name}", () => property.GetValue(array), [array])) refused++;
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && !m.ReturnType.IsByRefLike))
                foreach (object?[] arguments in Arguments(method.GetParameters(), arrays, number))
                    if (!Try($"NDArray`1.{method.Name}", () => method.Invoke(array, arguments), [array, .. arguments])) refused++;
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(m => m.Name is "op_Addition" or "op_Subtraction" or "op_Multiply" or "op_Division"))
                foreach (object other in arrays)
                    if (!Try($"NDArray`1.{method.Name}", () => method.Invoke(null, [array, other]), [array, other])) refused++;
        }
        Assert.True(defects.Count == 0, string.Join("\n", defects.Values));
        Assert.True(refused > 1000, $"only {refused} refused");
    }

    /// <summary>The matrices on which the eigenvalue solvers of Math.NET do not end: its issues 11, 595 (and 740, the same), 1020 and 1090.</summary>
    [Fact]
    public void Eigenvalues_that_other_solvers_never_find()
    {
        const double c = 0.9275488;
        AssertEigenvalues(new double[,] { { c, 0, 0 }, { -c, c, 0 }, { 0, -c, c } }, 1e-15, c, c, c);
        AssertEigenvalues(new double[,] { { 0, 1, 0, 0 }, { 2.25, 0, 0, 0 }, { 0, 0, 0, 1 }, { 0, 0, 2.25, 0 } }, 1e-14, 1.5, -1.5, 1.5, -1.5);
        AssertEigenvalues(new double[,] { { 0, 0, 0, 1 }, { 0, 0, -1, 0 }, { 0, 9, 0, 0 }, { -9, 0, 0, 0 } }, 1e-13, new Complex(0, 3), new Complex(0, -3), new Complex(0, 3), new Complex(0, -3));
        AssertEigenvalues(new double[,] { { 0, 0, 0, 0 }, { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 } }, 1e-15, 0, 0, 0, 0);
        // Permutations, on which the shifts of the ordinary iteration stand still.
        for (int n = 2; n <= 40; n++)
            AssertEigenvalues(NDArray<double>.Zeros(n, n).Tabulate((i, j) => j == (i + 1) % n ? 1 : 0).ToMatrixArray(), 1e-13, [.. Enumerable.Range(0, n).Select(k => Complex.FromPolarCoordinates(1, 2 * Math.PI * k / n))]);
    }

    private static void AssertEigenvalues(double[,] entries, double tolerance, params Complex[] expected)
    {
        NDArray<double> A = NDArray.Matrix(entries), re = NDArray<double>.Zeros(A.Rows), im = NDArray<double>.Zeros(A.Rows);
        LinearAlgebra.Eigenvalues(A, re, im);
        foreach (Complex[] found in new[] { new Eigen<double>(A).Values, new Eigen<double>(A, withVectors: false).Values, [.. Enumerable.Range(0, A.Rows).Select(k => new Complex(re[k], im[k]))] })
        {
            List<Complex> left = [.. found];
            foreach (Complex value in expected)
            {
                Complex nearest = left.MinBy(x => Complex.Abs(x - value));
                Assert.True(Complex.Abs(nearest - value) <= tolerance, $"{value} is not among {string.Join(", ", found)}");
                left.Remove(nearest);
            }
        }
    }

    private bool Try(string name, Func<object?> call, object?[] arguments, bool isResult = true)
    {
        try
        {
            object? result = call();
            string member = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (isResult && !Selecting.Contains(member) && arguments.Any(HasNaN) && IsFiniteNumber(result))
                defects.TryAdd($"{name} hides", $"{name}({Describe(arguments)}) = {result} hides an entry that is not a number");
            return true;
        }
        catch (TargetInvocationException outer)
        {
            Exception thrown = outer.InnerException!;
            if (thrown is ArgumentNullException && arguments.Contains(null)) return false;
            bool documented = Documented.TryGetValue(name, out HashSet<string>? types) && Bases(thrown.GetType()).Any(types.Contains);
            if (!documented) defects.TryAdd($"{name} {thrown.GetType()}", $"{name}({Describe(arguments)}) throws what is not documented: {thrown.GetType()} {thrown.Message}");
            if (thrown.Message.Length < 20) defects.TryAdd($"{name} message", $"{name}({Describe(arguments)}) says too little: {thrown.Message}");
            return false;
        }
    }

    private static IEnumerable<string> Bases(Type? type)
    {
        for (; type is not null && type != typeof(Exception); type = type.BaseType) yield return type.FullName!;
    }

    private static string Describe(object?[] arguments) => string.Join(", ", arguments.Select(a => a switch { NDArray<double> x => Text(x.Shape, x), NDArray<float> x => Text(x.Shape, x), _ => a?.ToString() ?? "null" }));

    private static string Text(ReadOnlySpan<int> shape, object array) => $"[{string.Join(" x ", shape.ToArray())}] {array.ToString()!.ReplaceLineEndings(" ")}";

    private static bool HasNaN(object? argument) => argument switch
    {
        NDArray<double> x => x.ToArray().Any(double.IsNaN),
        NDArray<float> x => x.ToArray().Any(float.IsNaN),
        _ => false,
    };

    private static bool IsFiniteNumber(object? result) => result switch
    {
        double x => double.IsFinite(x),
        float x => float.IsFinite(x),
        NDArray<double> x => x.Count > 0 && x.ToArray().All(double.IsFinite),
        NDArray<float> x => x.Count > 0 && x.ToArray().All(float.IsFinite),
        _ => false,
    };

    /// <summary>All combinations of hostile values for the parameters; none for parameters that reflection cannot pass.</summary>
    private static IEnumerable<object?[]> Arguments(ParameterInfo[] parameters, List<object> arrays, Type number)
    {
        IEnumerable<object?[]> lists = [[]];
        int arraysBefore = 0;
        foreach (ParameterInfo parameter in parameters)
        {
            List<object?>? values = Values(parameter, arrays, number, arraysBefore++);
            if (values is null) return [];
            lists = lists.SelectMany(_ => values, (list, value) => (object?[])[.. list, value]);
        }
        return lists;
    }

    private static List<object?>? Values(ParameterInfo parameter, List<object> arrays, Type number, int position)
    {
        Type type = parameter.ParameterType;
        if (type == arrays[0].GetType())
        {
            if (parameter.IsOptional) return [null];
            // Beyond the second array only a few, or there were millions of calls.
            return position < 2 ? [.. arrays, null] : [arrays[3], arrays[8], null];
        }
        if (type == typeof(SparseMatrix<>).MakeGenericType(number)) return [Sparse(number, arrays[9]), Sparse(number, arrays[7]), Sparse(number, arrays[12]), null];
        if (type == typeof(int)) return parameter.IsOptional ? [parameter.DefaultValue] : [0, 1, 3, -1, int.MaxValue];
        if (type == typeof(bool)) return [false, true];
        if (type == typeof(double)) return parameter.IsOptional ? [parameter.DefaultValue] : [1.0, 3.0, 0.5, double.NaN, double.PositiveInfinity];
        if (type.IsEnum) return [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)), Enum.ToObject(type, 99)];
        return null;
    }

    private static object Sparse(Type number, object dense) => typeof(SparseMatrix<>).MakeGenericType(number).GetMethod("FromDense")!.Invoke(null, [dense])!;

    private static List<object> Arrays(Type number)
    {
        List<NDArray<double>> arrays =
        [
            NDArray<double>.Scalar(2), NDArray<double>.Zeros(0), NDArray<double>.Zeros(0, 0), [1, 2, 3], NDArray<double>.Zeros(0, 3), NDArray<double>.Zeros(3, 0),
            NDArray.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }), NDArray.Matrix(new double[,] { { 4, 1, 0 }, { 1, 3, 1 }, { 0, 1, 2 } }),
            NDArray.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 10 } }), NDArray.Matrix(new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }), NDArray<double>.Zeros(3, 3),
            NDArray.Matrix(new double[,] { { 1, 2, 3 }, { 2, double.NaN, 1 }, { 3, 1, 2 } }), NDArray.Matrix(new double[,] { { 1, 0, 0 }, { 0, double.PositiveInfinity, 0 }, { 0, 0, 1 } }),
            [1, double.NaN, 2], [double.NegativeInfinity, 0, 1], NDArray<double>.Identity(3) * 1e30, NDArray<double>.Identity(3) * 1e-30, NDArray<double>.Full(3e38, 3, 3), NDArray<double>.Full(1e-44, 3, 3),
            NDArray<double>.Full(1, 2, 3, 2), NDArray<double>.Scalar(1).BroadcastTo(3, 3), NDArray.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 10 } }).Transpose().Every(0, -1),
        ];
        if (number == typeof(double)) arrays.AddRange([NDArray<double>.Full(1e308, 3, 3), NDArray<double>.Full(5e-324, 3, 3)]);
        return [.. arrays.Select(a => number == typeof(double) ? (object)a : NDArray<float>.FromArray([.. a.ToArray().Select(x => (float)x)], a.Order == 0 ? [1] : a.Shape).Reshape(a.Shape))];
    }

    private static Dictionary<string, HashSet<string>> ReadDocuments()
    {
        string file = Path.ChangeExtension(typeof(LinearAlgebra).Assembly.Location, ".xml");
        var documents = new Dictionary<string, HashSet<string>>();
        foreach (XElement member in XDocument.Load(file).Descendants("member"))
        {
            string id = member.Attribute("name")!.Value[2..].Replace("Nabla.Numerics.", "", StringComparison.Ordinal);
            int end = id.IndexOfAny(['(', '~']);
            if (end >= 0) id = id[..end];
            int generic = id.IndexOf("``", StringComparison.Ordinal);
            if (generic >= 0) id = id[..generic];
            if (!documents.TryGetValue(id, out HashSet<string>? types)) documents[id] = types = [];
            types.UnionWith(member.Elements("exception").Select(e => e.Attribute("cref")!.Value[2..]));
        }
        return documents;
    }
}
