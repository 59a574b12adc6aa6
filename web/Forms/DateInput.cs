using System.Globalization;

namespace PedAtt.Web.Forms;

/// <summary>The three inputs of a date: <c>name.day</c>, <c>name.month</c>, <c>name.year</c>.</summary>
public static class DateInput
{
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
