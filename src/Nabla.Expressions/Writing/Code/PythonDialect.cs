namespace Nabla.Expressions.Writing.Code;

/// <summary>What sets NumPy, PyTorch and JAX apart: the names of functions, and how an array is filled.</summary>
internal sealed record PythonDialect
{
    private const string Words = """
        False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise
        return try while with yield
        float tuple math ValueError sign sigmoid softplus softmax logsumexp norm_power logdet product eigenprojections
        """;

    /// <summary>NumPy.</summary>
    public static PythonDialect NumPy { get; } = new() { Module = "np", Import = "import math\n\nimport numpy as np" };

    /// <summary>PyTorch.</summary>
    public static PythonDialect PyTorch { get; } = new() { Module = "torch", Import = "import math\n\nimport torch", IsTorch = true };

    /// <summary>JAX.</summary>
    public static PythonDialect Jax { get; } = new()
    {
        Module = "jnp",
        Import = "import math\n\nimport jax\nimport jax.numpy as jnp\nimport jax.scipy.special\n\n# JAX computes with 32 bits unless jax.config.update(\"jax_enable_x64\", True) comes first.",
        IsJax = true,
    };

    /// <summary>What a name may not be. Python takes letters of the same meaning for one.</summary>
    public static Vocabulary Vocabulary { get; } = new("Python", Words + " np jax jnp torch dtype")
    {
        Letter = c => c switch { 'ϵ' => "ε", 'ϕ' => "φ", 'ϑ' => "θ", 'ϖ' => "π", 'ϰ' => "κ", 'ϱ' => "ρ", _ => c.ToString() },
    };

    /// <summary>The name of the module.</summary>
    public required string Module { get; init; }

    /// <summary>The lines that import what is needed.</summary>
    public required string Import { get; init; }

    /// <summary>Whether this is PyTorch.</summary>
    public bool IsTorch { get; init; }

    /// <summary>Whether this is JAX, whose arrays cannot be written to.</summary>
    public bool IsJax { get; init; }

    /// <summary>An element-wise function of its arguments, by its name in the notation; null where there is none.</summary>
    public string? Function(string name, string[] x) => name switch
    {
        "exp" or "sin" or "cos" or "tan" or "sinh" or "cosh" or "tanh" or "log" or "log1p" or "expm1" or "abs" => $"{Module}.{name}({x[0]})",
        "sign" => IsTorch ? $"sign({x[0]})" : $"{Module}.sign({x[0]})",
        "asin" or "acos" or "atan" => $"{Module}.{(IsTorch ? name : "arc" + name[1..])}({x[0]})",
        "max" => $"{Module}.maximum({x[0]}, {x[1]})",
        "min" => $"{Module}.minimum({x[0]}, {x[1]})",
        "relu" => IsTorch ? $"torch.relu({x[0]})" : $"{Module}.maximum({x[0]}, 0)",
        "elementwise-power" => $"{Module}.{(IsTorch ? "pow" : "power")}({x[0]}, {x[1]})",
        "sigmoid" => IsTorch ? $"torch.sigmoid({x[0]})" : IsJax ? $"jax.nn.sigmoid({x[0]})" : $"sigmoid({x[0]})",
        "softplus" => IsTorch ? $"softplus({x[0]})" : $"{Module}.logaddexp(0, {x[0]})",
        "erf" => IsTorch ? $"torch.erf({x[0]})" : IsJax ? $"jax.scipy.special.erf({x[0]})" : $"np.vectorize(math.erf, otypes=[float])({x[0]})",
        _ => null,
    };

    /// <summary>A square root.</summary>
    public string Root(string x) => $"{Module}.sqrt({x})";

    /// <summary>A tensor whose type and device new tensors of PyTorch get; null for none.</summary>
    public string? Like { get; init; }

    /// <summary>Parameters beside the inputs.</summary>
    public IEnumerable<string> Parameters => IsTorch ? ["dtype=torch.float64"] : [];

    /// <summary>An input as an array of floating-point numbers.</summary>
    public string Converted(string input) => IsTorch ? $"torch.as_tensor({input}, dtype=dtype)" : $"{Module}.asarray({input}, dtype=float)";

    /// <summary>An array of its own memory.</summary>
    public string Copy(string x) => IsTorch ? $"{x}.clone()" : IsJax ? x : $"{x}.copy()";

    /// <summary>An array of one number.</summary>
    public string Full(string shape, string value) => New("full", $"{shape}, float({value})");

    /// <summary>An array of zeros.</summary>
    public string Zeros(string shape) => New("zeros", shape);

    /// <summary>An array of given numbers.</summary>
    public string Literal(string entries) => IsTorch ? New("tensor", entries) : $"{Module}.array({entries}, dtype=float)";

    private string New(string what, string arguments) => !IsTorch ? $"{Module}.{what}({arguments})" : Like is null ? $"torch.{what}({arguments}, dtype=dtype)" : $"{Like}.new_{what}({arguments})";

    /// <summary>The axes in another order.</summary>
    public string Permute(string x, int[] axes) => axes is [1, 0] ? $"{x}.T" : IsTorch ? $"{x}.permute({string.Join(", ", axes)})" : $"{x}.transpose({string.Join(", ", axes)})";

    /// <summary>A sum over axes.</summary>
    public string Sum(string x, int[] axes, bool all) => all ? $"{Module}.sum({x})" : $"{Module}.sum({x}, {(IsTorch ? "dim" : "axis")}={(axes.Length == 1 ? $"{axes[0]}" : $"({string.Join(", ", axes)})")})";

    /// <summary>The functions of the reader's own that a text may use.</summary>
    public IReadOnlyList<Definition> Definitions =>
    [
        new("sigmoid", $"def sigmoid(x):\n    e = {Module}.exp(-{Module}.abs(x))\n    return {Module}.where(x >= 0, 1.0, e) / (1 + e)"),
        new("sign", "def sign(x):\n    # torch.sign takes what is not a number for zero.\n    return torch.where(torch.isnan(x), x, torch.sign(x))"),
        // torch.logaddexp loses the digits of a small exponential, torch.nn.functional.softplus drops it.
        new("softplus", "def softplus(x):\n    return torch.relu(x) + torch.log1p(torch.exp(-torch.abs(x)))"),
        new("softmax", IsTorch
            ? "def softmax(x, axes):\n    e = torch.exp(x - torch.amax(x, dim=axes, keepdim=True))\n    return e / torch.sum(e, dim=axes, keepdim=True)"
            : $"def softmax(x, axes):\n    e = {Module}.exp(x - {Module}.max(x, axis=axes, keepdims=True))\n    return e / {Module}.sum(e, axis=axes, keepdims=True)"),
        new("logsumexp", IsTorch
            ? "def logsumexp(x, axes):\n    return torch.logsumexp(x, dim=axes)"
            : $"def logsumexp(x, axes):\n    top = {Module}.max(x, axis=axes, keepdims=True)\n    return {Module}.log({Module}.sum({Module}.exp(x - top), axis=axes)) + {Module}.reshape(top, {Module}.sum(x, axis=axes).shape)"),
        new("norm_power", $"def norm_power(x, p):\n    # The power of a norm in a derivative: zero at zero, a subgradient.\n    zero = x == 0\n    return {Module}.where(zero, {Module}.zeros_like(x), {Module}.where(zero, {Module}.ones_like(x), x) ** p)"),
        new("logdet", $"def logdet(x):\n    sign, value = {Module}.linalg.slogdet(x)\n" + (IsJax
            ? "    return jnp.where(sign > 0, value, jnp.nan)"
            : "    if not sign > 0:\n        raise ValueError(\"logdet needs a matrix with positive determinant\")\n    return value")),
        new("product", IsTorch
            ? "def product(x, count):\n    return torch.prod(x.reshape(x.shape[:x.dim() - count] + (-1,)), dim=-1)"
            : $"def product(x, count):\n    return {Module}.prod({Module}.reshape(x, x.shape[:x.ndim - count] + (-1,)), axis=-1)"),
        new("eigenprojections", $"def eigenprojections(x):\n    V = {Module}.linalg.eigh(x)[1]\n    return {Module}.einsum('ki,li->ikl', V, V)"),
    ];
}
