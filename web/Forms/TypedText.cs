using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace PedAtt.Web.Forms;

/// <summary>
/// What was typed or pasted, as it is counted, kept and sent on: a line ends with LF alone (a browser sends CRLF and counts one), a tab or
/// a form feed of Word or a PDF is a blank, and signs that nobody sees are gone. The rest is the API's to judge.
/// </summary>
public static class TypedText
{
    private const string Day = ".day";

    /// <summary>The form with each of its texts clean; a password stays as it was typed.</summary>
    public static IFormCollection Clean(IFormCollection form)
    {
        var fields = form.ToDictionary(field => field.Key, field => ProblemPage.Keeps(field.Key)
            ? new StringValues([.. field.Value.Select(text => Clean(text ?? ""))])
            : field.Value);
        foreach (var field in form.Keys.Where(key => key.EndsWith(Day, StringComparison.Ordinal)))
            SpreadDate(fields, field[..^Day.Length]);
        return new FormCollection(fields, form.Files);
    }

    public static string Clean(string text)
    {
        if (text.All(letter => letter >= ' ' && letter != '\u00ad' && letter < '\u2000'))
            return text;
        var clean = new StringBuilder(text.Length);
        var letters = text.Replace("\r\n", "\n");
        foreach (var letter in letters)
        {
            if (letter is '\r' or '\u2028' or '\u2029')
                clean.Append('\n');
            else if (letter is '\t' or '\f' or '\v')
                clean.Append(' ');
            // Joined emoji are held together by the one that stays.
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format || letter == '\u200d')
                clean.Append(letter);
        }
        return clean.ToString();
    }

    /// <summary>How long a text is to its reader: an emoji is one sign, as the API counts it.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>A whole date that was pasted into «День» is spread over the three fields.</summary>
    private static void SpreadDate(Dictionary<string, StringValues> fields, string name)
    {
        if (DateInput.Parse(fields[name + Day].ToString()) is not { } date
            || !string.IsNullOrWhiteSpace(fields.GetValueOrDefault($"{name}.month")) || !string.IsNullOrWhiteSpace(fields.GetValueOrDefault($"{name}.year")))
            return;
        foreach (var (part, format) in new[] { ("day", "%d"), ("month", "%M"), ("year", "yyyy") })
            fields[$"{name}.{part}"] = date.ToString(format, CultureInfo.InvariantCulture);
    }
}
