namespace Nabla.Expressions.Notation;

/// <summary>The letters of names, and what was probably meant by a character that is none.</summary>
internal static class Letters
{
    // Pairs: a character that is refused, and the ASCII or Greek character that it looks like.
    private const string LookAlikes =
        "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwкkтtмmнhвbАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜW" +
        "օoսuհhցgոnզqյj" +
        "àaáaâaãaäaåaæaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYßB" +
        "āaăaąaćcčcďdēeėeęeěeğgīiįiıiķkłlńnňnōoőoœorřrśsšsţtťtūuůuűuźzżzžzŁLŚSŠSŽZƒfɑaɡgɩi" +
        "µμΩΩ∆Δ∇∇∑Σ∏Πℓlℝℝℕℕ𝟙1ϐβϴΘϲσϹΣ";

    private static readonly Dictionary<string, string> s_meant = Meant();

    /// <summary>Whether a name may start with the character: an ASCII or Greek letter.</summary>
    public static bool IsLetter(char c) =>
        char.IsAsciiLetter(c) || (c >= 'Α' && ((c <= 'ω' && c is not ('\u03A2' or (> 'Ω' and < 'α'))) || c is 'ϑ' or 'ϕ' or 'ϖ' or 'ϰ' or 'ϱ' or 'ϵ'));

    /// <summary>Whether a name may go on with the character.</summary>
    public static bool ContinuesName(char c) => IsLetter(c) || char.IsAsciiDigit(c) || c == '_';

    /// <summary>What was probably meant by a character that is not of the notation; null where there is no guess.</summary>
    public static string? Meaning(int codePoint)
    {
        if (codePoint is >= 0xFF01 and <= 0xFF5E) return ((char)(codePoint - 0xFEE0)).ToString();
        if (codePoint is >= 0x1D400 and <= 0x1D6A3) return Alphabet((codePoint - 0x1D400) % 52);
        if (codePoint is >= 0x1D6A8 and <= 0x1D7C9) return MathematicalGreek((codePoint - 0x1D6A8) % 58);
        if (codePoint is >= 0x1D7CE and <= 0x1D7FF) return ((char)('0' + (codePoint - 0x1D7CE) % 10)).ToString();
        if (codePoint is >= 0x2080 and <= 0x2089) return "_" + (char)('0' + codePoint - 0x2080);
        if (codePoint is 0x2070 or (>= 0x2074 and <= 0x2079)) return "^" + (char)('0' + codePoint - 0x2070);
        return s_meant.GetValueOrDefault(char.ConvertFromUtf32(codePoint));
    }

    private static string Alphabet(int index) => ((char)(index < 26 ? 'A' + index : 'a' + index - 26)).ToString();

    private static string? MathematicalGreek(int index) => index switch
    {
        < 17 => ((char)('Α' + index)).ToString(),
        17 => "Θ",
        < 25 => ((char)('Α' + index)).ToString(),
        25 => null,
        < 51 => ((char)('α' + index - 26)).ToString(),
        _ => null,
    };

    private static Dictionary<string, string> Meant()
    {
        var meant = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["·"] = "*",
            ["⋅"] = "*",
            ["∙"] = "*",
            ["∗"] = "*",
            ["•"] = "*",
            ["∘"] = ".*",
            ["○"] = ".*",
            ["÷"] = "/",
            ["⁄"] = "/",
            ["∕"] = "/",
            ["–"] = "-",
            ["—"] = "-",
            ["‐"] = "-",
            ["‑"] = "-",
            ["‒"] = "-",
            ["﹣"] = "-",
            ["⁻"] = "^-",
            ["‘"] = "'",
            ["’"] = "'",
            ["´"] = "'",
            ["`"] = "'",
            ["\""] = "'",
            ["ʹ"] = "'",
            ["ʼ"] = "'",
            ["″"] = "''",
            ["⊤"] = "'",
            ["⊺"] = "'",
            ["¹"] = "^1",
            ["²"] = "^2",
            ["³"] = "^3",
            ["√"] = "sqrt",
            ["∑"] = "sum",
            ["∏"] = "prod",
            ["½"] = "1/2",
            ["¼"] = "1/4",
            ["¾"] = "3/4",
            ["≔"] = "=",
            ["≡"] = "=",
            ["|"] = "abs(...) or norm2(...)",
            ["‖"] = "norm2(...)",
            ["∥"] = "norm2(...)",
            ["%"] = "#",
            ["&"] = ";",
            ["ℝ"] = "R",
            ["，"] = ",",
            ["；"] = ";",
            ["（"] = "(",
            ["）"] = ")",
            ["⟨"] = "dot(...)",
            ["∞"] = "1e308",
            ["∂"] = "d",
            ["_"] = "a name that begins with a letter",
        };
        for (int i = 0; i < LookAlikes.Length;)
        {
            int length = char.IsSurrogatePair(LookAlikes, i) ? 2 : 1;
            meant.TryAdd(LookAlikes.Substring(i, length), LookAlikes[i + length].ToString());
            i += length + 1;
        }
        return meant;
    }
}
