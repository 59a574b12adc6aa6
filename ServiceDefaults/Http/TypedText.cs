using System.Globalization;
using System.Text;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>
/// A text as a person meant it, whatever their keyboard, Word or a PDF put into it: Unicode's NFC, one sign for a new
/// line, a blank in the place of other white space, and none of the signs that nobody sees or that turn the text
/// around.
/// </summary>
public static class TypedText
{
    /// <summary>Trimmed; null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (text is null)
            return null;
        var cleaned = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormC).Replace('\f', ' ').ReplaceLineEndings("\n"))
        {
            if (sign is '\n' or '\t')
                cleaned.Append(sign);
            else if (sign is '\v' || char.GetUnicodeCategory(sign) is UnicodeCategory.SpaceSeparator)
                cleaned.Append(' ');
            else if (char.GetUnicodeCategory(sign) is not UnicodeCategory.Format)
                cleaned.Append(sign);
        }
        return cleaned.ToString().Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    /// <summary>How long a person finds it: a letter outside the first 65,536 and an emoji's each part count
    /// once.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>Signs that are no text: what a machine sent by mistake.</summary>
    public static bool HasControls(string text, bool lines) =>
        text.Any(sign => char.IsControl(sign) && !(lines && sign is '\n' or '\t'));
}
