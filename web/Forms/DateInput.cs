using System.Globalization;

namespace PedAtt.Web.Forms;

/// <summary>The three inputs of a date: <c>name.day</c>, <c>name.month</c>, <c>name.year</c>.</summary>
public static class DateInput
{
    /// <summary>
    /// yyyy-MM-dd where that day exists; what was typed, as <c>d.m.y</c>, where it does not, for the API to refuse; null where
    /// nothing was typed.
    /// </summary>
    public static string? Read(IFormCollection form, string name)
    {
        var (day, month, year) = (Part(form, name, "day"), Part(form, name, "month"), Part(form, name, "year"));
        if (day.Length + month.Length + year.Length == 0)
            return null;
        return DateOnly.TryParseExact($"{day}.{month}.{year}", "d.M.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : $"{day}.{month}.{year}";
    }

    /// <summary>Day, month and year of a stored yyyy-MM-dd.</summary>
    internal static (string? Day, string? Month, string? Year) Parts(string? stored) =>
        DateOnly.TryParseExact(stored, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (date.Day.ToString(CultureInfo.InvariantCulture), date.Month.ToString(CultureInfo.InvariantCulture), date.ToString("yyyy", CultureInfo.InvariantCulture))
            : default;

    private static string Part(IFormCollection form, string name, string part) => form[$"{name}.{part}"].ToString().Trim();
}
