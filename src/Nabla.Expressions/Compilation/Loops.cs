using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>The instructions of a tape over one block.</summary>
internal static unsafe class Loops
{
    /// <summary>Does one instruction: r = operation(a, b, c) for n entries; r may be a or b.</summary>
    public static void Run<T>(in Instruction instruction, T* a, T* b, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.CreateTruncating(instruction.Constant);
        switch (instruction.Operation)
        {
            case Operation.Copy: new Span<T>(a, n).CopyTo(new Span<T>(r, n)); break;
            case Operation.Fill: new Span<T>(r, n).Fill(c); break;
            case Operation.Add: Binary<T, Operations.Add<T>>(a, b, r, n); break;
            case Operation.Subtract: Binary<T, Operations.Subtract<T>>(a, b, r, n); break;
            case Operation.Multiply: Binary<T, Operations.Multiply<T>>(a, b, r, n); break;
            case Operation.Divide: Binary<T, Operations.Divide<T>>(a, b, r, n); break;
            case Operation.Scale: EntryLoop.Run<T, EntryLoop.WithNumber<T, Operations.Multiply<T>>>(a, null, c, r, n); break;
            case Operation.Offset: EntryLoop.Run<T, EntryLoop.WithNumber<T, Operations.Add<T>>>(a, null, c, r, n); break;
            case Operation.ScaleAdd: EntryLoop.Run<T, EntryLoop.ScaleAdd<T>>(a, b, c, r, n); break;
            case Operation.ScaledProduct: EntryLoop.Run<T, EntryLoop.ScaledProduct<T>>(a, b, c, r, n); break;
            case Operation.Reciprocal: EntryLoop.Run<T, EntryLoop.OfNumber<T, Operations.Divide<T>>>(a, null, c, r, n); break;
            case Operation.Square: Binary<T, Operations.Multiply<T>>(a, a, r, n); break;
            case Operation.Root: Unary<T, VectorOperations.Root<T>>(a, r, n); break;
            case Operation.PowerOf: PowerOf(a, instruction.Constant, r, n); break;
            case Operation.NormPower: NormPower(a, instruction.Constant, r, n); break;
            case Operation.Power: Power(a, b, r, n); break;
            case Operation.Maximum: Binary<T, Operations.Larger<T>>(a, b, r, n); break;
            case Operation.Minimum: Binary<T, Operations.Smaller<T>>(a, b, r, n); break;
            case Operation.Abs: Unary<T, Operations.Absolute<T>>(a, r, n); break;
            case Operation.Sign: Unary<T, VectorOperations.Sign<T>>(a, r, n); break;
            case Operation.Relu: Unary<T, VectorOperations.Relu<T>>(a, r, n); break;
            case Operation.Exp: Elementary.Run<T, VectorFunctions.Exp>(a, r, n); break;
            case Operation.Expm1: Elementary.Run<T, VectorFunctions.Expm1>(a, r, n); break;
            case Operation.Log: Elementary.Run<T, VectorFunctions.Log>(a, r, n); break;
            case Operation.Log1p: Elementary.Run<T, VectorFunctions.Log1p>(a, r, n); break;
            case Operation.Sin: Elementary.Run<T, VectorFunctions.Sin>(a, r, n); break;
            case Operation.Cos: Elementary.Run<T, VectorFunctions.Cos>(a, r, n); break;
            case Operation.Tanh: Elementary.Run<T, VectorFunctions.Tanh>(a, r, n); break;
            case Operation.Sigmoid: Elementary.Run<T, VectorFunctions.Sigmoid>(a, r, n); break;
            case Operation.SigmoidSlope: Elementary.Run<T, VectorFunctions.SigmoidSlope>(a, r, n); break;
            case Operation.Softplus: Elementary.Run<T, VectorFunctions.Softplus>(a, r, n); break;
            case Operation.SoftplusOfNegative: Elementary.Run<T, VectorFunctions.SoftplusOfNegative>(a, r, n); break;
            default: Function(instruction, a, b, r, n); break;
        }
    }

    /// <summary>r += a.</summary>
    public static void AddTo<T>(T* a, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Binary<T, Operations.Add<T>>(a, r, r, n);

    private static void Unary<T, TOperation>(T* a, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IUnaryOperation<T> => EntryLoop.Run<T, EntryLoop.Of<T, TOperation>>(a, null, default, r, n);

    private static void Binary<T, TOperation>(T* a, T* b, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBinaryOperation<T> => EntryLoop.Run<T, EntryLoop.OfBoth<T, TOperation>>(a, b, default, r, n);

    private static void PowerOf<T>(T* a, double c, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (c == Math.Floor(c) && Math.Abs(c) <= 64)
        {
            for (int k = 0; k < n; k++) r[k] = IntegerPower(a[k], (int)c);
            return;
        }
        T exponent = T.CreateTruncating(c);
        for (int k = 0; k < n; k++) r[k] = c == -0.5 ? T.One / T.Sqrt(a[k]) : T.Pow(a[k], exponent);
    }

    private static T IntegerPower<T>(T x, int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T power = T.One, square = x;
        for (int e = Math.Abs(exponent); e > 0; e >>= 1, square *= square)
            if ((e & 1) != 0) power *= square;
        return exponent < 0 ? T.One / power : power;
    }

    private static void NormPower<T>(T* a, double c, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T exponent = T.CreateTruncating(c);
        for (int k = 0; k < n; k++) r[k] = a[k] == T.Zero ? T.Zero : c == -0.5 ? T.One / T.Sqrt(a[k]) : T.Pow(a[k], exponent);
    }

    private static void Power<T>(T* a, T* b, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < n; k++) r[k] = T.Pow(a[k], b[k]);
    }

    private static void Function<T>(in Instruction instruction, T* a, T* b, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> x = stackalloc double[2];
        var arguments = instruction.B < 0 ? x[..1] : x;
        for (int k = 0; k < n; k++)
        {
            x[0] = double.CreateTruncating(a[k]);
            if (b != null) x[1] = double.CreateTruncating(b[k]);
            r[k] = T.CreateTruncating(instruction.Function!.Evaluate(arguments));
        }
    }
}
