using System.Globalization;
using System.Text;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>A part of a person's name, as an identity card has it.</summary>
public static class PersonName
{
    // A Latin letter that looks like a Cyrillic one, as keyboards mix them up: "Iзбасар" for "Ізбасар".
    private const string Latin = "ABCEHIKMOPTXYaceiopxyh";
    private const string Cyrillic = "АВСЕНІКМОРТХУасеіорхуһ";

    /// <summary>As it was meant: one blank between words, no Latin letter that only looks like the Cyrillic ones around
    /// it.</summary>
    public static string? Clean(string? name)
    {
        if (TypedText.Clean(name) is not { } text)
            return null;
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (!text.Any(IsCyrillic) || !text.Any(char.IsAsciiLetter))
            return text;
        var mended = new StringBuilder(text.Length);
        foreach (var letter in text)
            mended.Append(Latin.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? Cyrillic[at] : letter);
        return mended.ToString();
    }

    /// <summary>Letters of one alphabet, with marks, hyphens, apostrophes, dots and blanks; no digits, no
    /// emoji.</summary>
    public static bool IsName(string name) =>
        name.Any(char.IsLetter)
        && !(name.Any(IsCyrillic) && name.Any(char.IsAsciiLetter))
        && name.EnumerateRunes()
            .All(sign =>
                Rune.IsLetter(sign)
                || Rune.GetUnicodeCategory(sign)
                    is UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark
                || " -'’ʼ`.–".Contains(sign.ToString(), StringComparison.Ordinal)
            );

    private static bool IsCyrillic(char letter) => letter is >= '\u0400' and <= '\u052F';
}
