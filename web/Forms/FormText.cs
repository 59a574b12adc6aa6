using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PedAtt.Web.Forms;

/// <summary>
/// What was typed or pasted, as it is counted, kept and sent on: cleaned once, where the form comes in, as the services
/// clean it, so that the page counts a text as the API does (a browser sends CRLF for a line end and counts one).
/// </summary>
public static class FormText
{
    private const string Day = ".day";

    /// <summary>The form with each of its texts clean; a password stays as it was typed.</summary>
    public static IFormCollection Clean(IFormCollection form)
    {
        var fields = form.ToDictionary(
            field => field.Key,
            field =>
                ProblemPage.Keeps(field.Key)
                    ? new StringValues([.. field.Value.Select(text => Clean(text ?? ""))])
                    : field.Value
        );
        foreach (var field in form.Keys.Where(key => key.EndsWith(Day, StringComparison.Ordinal)))
            SpreadDate(fields, field[..^Day.Length]);
        return new FormCollection(fields, form.Files);
    }

    /// <summary>As every service cleans it; a tab of Word or a PDF, which no field here has a use for, is a blank as
    /// well.</summary>
    public static string Clean(string text) => TypedText.Clean(text.Replace('\t', ' ')) ?? "";

    /// <summary>A whole date that was pasted into «День» is spread over the three fields.</summary>
    private static void SpreadDate(Dictionary<string, StringValues> fields, string name)
    {
        if (
            DateInput.Parse(fields[name + Day].ToString()) is not { } date
            || !string.IsNullOrWhiteSpace(fields.GetValueOrDefault($"{name}.month"))
            || !string.IsNullOrWhiteSpace(fields.GetValueOrDefault($"{name}.year"))
        )
            return;
        foreach (var (part, format) in new[] { ("day", "%d"), ("month", "%M"), ("year", "yyyy") })
            fields[$"{name}.{part}"] = date.ToString(format, CultureInfo.InvariantCulture);
    }
}
