using PedAtt.Applications.Year;

namespace PedAtt.Applications.Tests.Year;

public class WorkingDaysTests
{
    [Theory]
    // Sent in, and the last day on which an answer is in time.
    [InlineData("2026-11-25T09:00", "2026-11-26")] // Wednesday: Thursday
    [InlineData("2026-11-20T23:59", "2026-11-23")] // Friday: Monday
    [InlineData("2026-11-21T10:00", "2026-11-24")] // Saturday is registered on Monday
    [InlineData("2026-12-15T10:00", "2026-12-17")] // Independence Day between
    [InlineData("2026-12-31T18:00", "2027-01-05")] // New Year, a Saturday made up for by Monday
    [InlineData("2026-03-20T08:00", "2026-03-26")] // Nauryz with its moved days
    [InlineData("2026-05-27T12:00", "2026-05-29")] // Құрбан айт is registered on Thursday
    public void An_answer_is_due_by_the_end_of_the_working_day_after_the_one_on_which_it_is_registered(
        string arrival,
        string lastDay
    )
    {
        var due = Given.Rules.Days.DueAt(At(arrival));
        Assert.Equal(At(lastDay + "T00:00").AddDays(1), due);
    }

    [Fact]
    public void What_a_query_asks_for_is_what_each_application_says_of_itself()
    {
        var from = At("2026-03-01T00:00");
        for (var hours = 0; hours < 24 * 120; hours += 7)
        {
            var now = from.AddHours(hours);
            for (var before = 0; before < 24 * 12; before += 5)
            {
                var arrival = now.AddHours(-before);
                Assert.True(
                    now >= Given.Rules.Days.DueAt(arrival) == arrival < Given.Rules.Days.OverdueBefore(now),
                    $"{arrival:u} at {now:u}"
                );
            }
        }
    }

    [Theory]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-12-16", false)]
    [InlineData("2030-07-06", false)]
    [InlineData("2026-10-26", false)]
    [InlineData("2026-08-31", true)] // Since the Constitution of 2026 its day is another,
    [InlineData("2027-03-15", false)] // this one
    public void Weekends_and_holidays_are_free(string day, bool worked) =>
        Assert.Equal(
            worked,
            Given.Rules.Days.IsWorked(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))
        );

    private static DateTimeOffset At(string local)
    {
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Almaty.Zone.GetUtcOffset(time));
    }
}
