using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PedAtt.Applications.Year;

/// <summary>
/// The state service answers within one working day (paragraph 16 of the Rules). What comes on a day off is registered
/// on the next working day; the term ends with the last working day of it, in Asia/Almaty. The days are data in
/// working-days.json: Monday to Friday, the holidays of every year, those that are moved or move by themselves (Құрбан
/// айт), and days off that are worked.
/// </summary>
public sealed class WorkingDays
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private readonly Data data;
    private readonly HashSet<(int Month, int Day)> everyYear;

    private WorkingDays(Data data)
    {
        this.data = data;
        everyYear =
        [
            .. data
                .EveryYear.Select(text =>
                    DateOnly.ParseExact("2000-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                )
                .Select(day => (day.Month, day.Day)),
        ];
    }

    public bool IsWorked(DateOnly day) =>
        data.Worked.Contains(day)
        || (
            !data.Weekend.Contains(day.DayOfWeek)
            && !everyYear.Contains((day.Month, day.Day))
            && !data.AlsoFree.Contains(day)
        );

    /// <summary>By when an application that came then has to be accepted or refused: the first moment that is too
    /// late.</summary>
    public DateTimeOffset DueAt(DateTimeOffset arrival)
    {
        var day = Almaty.Date(arrival);
        while (!IsWorked(day))
            day = day.AddDays(1);
        return Begins(Worked(day, data.ReviewDays, step: 1).AddDays(1));
    }

    /// <summary>Overdue now is what came before this moment: <see cref="DueAt"/> turned round, for a query to compare
    /// with.</summary>
    public DateTimeOffset OverdueBefore(DateTimeOffset now) =>
        Begins(Worked(Almaty.Date(now), data.ReviewDays + 1, step: -1).AddDays(1));

    /// <summary>The working day so many working days after (or before) this one.</summary>
    private DateOnly Worked(DateOnly day, int count, int step)
    {
        while (count > 0)
        {
            day = day.AddDays(step);
            if (IsWorked(day))
                count--;
        }
        return day;
    }

    private static DateTimeOffset Begins(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Almaty.Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public static WorkingDays Parse(string json) => new(JsonSerializer.Deserialize<Data>(json, Format)!);

    /// <param name="EveryYear">As <c>MM-dd</c>.</param>
    /// <param name="AlsoFree">Holidays that fall elsewhere each year, and days off moved by an order or for a
    /// weekend.</param>
    /// <param name="Worked">Days off that are worked by an order.</param>
    private sealed record Data(
        [property: JsonRequired] int ReviewDays,
        [property: JsonRequired] DayOfWeek[] Weekend,
        [property: JsonRequired] string[] EveryYear,
        [property: JsonRequired] DateOnly[] AlsoFree,
        [property: JsonRequired] DateOnly[] Worked
    );
}
