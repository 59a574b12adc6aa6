namespace PedAtt.ServiceDefaults.Hosting;

/// <summary>Every date of the system is a day in Asia/Almaty, whatever the machine's clock is set to.</summary>
public static class Almaty
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    public static DateOnly Today(TimeProvider clock) => Date(clock.GetUtcNow());

    public static DateOnly Date(DateTimeOffset time) => DateOnly.FromDateTime(Local(time).DateTime);

    public static DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    /// <summary>Now, to the microsecond: as PostgreSQL keeps it, so that the answer to a change says what the next
    /// reading says.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
