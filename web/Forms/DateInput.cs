using System.Globalization;

namespace PedAtt.Web.Forms;

/// <summary>The three inputs of a date: <c>name.day</c>, <c>name.month</c>, <c>name.year</c>.</summary>
public static class DateInput
{
    private static readonly string[] written = ["d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "d M yyyy", "yyyy-M-d"];

    /// <summary>
    /// yyyy-MM-dd where that day exists; where it does not, what was typed, as <c>d.m.y</c>, for the API to refuse;
    /// null where nothing was typed.
    /// </summary>
    public static string? Read(IFormCollection form, string name)
    {
        var (day, month, year) = (Part(form, name, "day"), Part(form, name, "month"), Part(form, name, "year"));
        if (day.Length + month.Length + year.Length == 0)
            return null;
        var typed = $"{day}.{month}.{year}";
        return Day(typed, "d.M.yyyy") is { } date ? Text(date, "yyyy-MM-dd") : typed;
    }

    /// <summary>A whole date as people and programs write it: 27.03.2026, 27/3/2026, 2026-03-27.</summary>
    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text.Trim(), written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>What was typed as a day, month and year that are numbers, but no day of a calendar:
    /// 31.02.2027.</summary>
    public static string? Absent(IFormCollection form, string name)
    {
        string[] parts = [Part(form, name, "day"), Part(form, name, "month"), Part(form, name, "year")];
        return parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) && parts[2].Length == 4
            ? string.Join('.', parts[0].PadLeft(2, '0'), parts[1].PadLeft(2, '0'), parts[2])
            : null;
    }

    /// <summary>Day, month and year of a stored yyyy-MM-dd.</summary>
    internal static (string? Day, string? Month, string? Year) Parts(string? stored) =>
        Day(stored, "yyyy-MM-dd") is { } date ? (Text(date, "%d"), Text(date, "%M"), Text(date, "yyyy")) : default;

    private static string Part(IFormCollection form, string name, string part) =>
        form[$"{name}.{part}"].ToString().Trim();

    private static DateOnly? Day(string? text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string Text(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
