using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Desk;

/// <summary>What the pages of the staff say in the same words.</summary>
public static class StaffExtensions
{
    /// <summary>Whoever works in another role is told so at once; what they may do is judged by the API.</summary>
    public static void Require(this Account account, IReadOnlyList<string> roles)
    {
        if (!roles.Any(account.Is))
            throw new ApiProblemException(403, "role.not-allowed");
    }

    /// <summary>The last day on which an answer is in time: the term ends where the next day begins.</summary>
    public static string LastDay(this Texts texts, DateTimeOffset tooLate) => texts.Day(tooLate.AddTicks(-1));

    public static int Days(DateTimeOffset since, DateTimeOffset now) => Almaty.Date(now).DayNumber - Almaty.Date(since).DayNumber;

    /// <summary>"Waits for 3 days".</summary>
    public static string Age(this Texts texts, DateTimeOffset since, DateTimeOffset now)
    {
        var days = Days(since, now);
        return days < 1 ? texts["queue.since-today"] : texts.Count("queue.waits", days);
    }
}
