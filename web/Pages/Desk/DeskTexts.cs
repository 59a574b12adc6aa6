using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Desk;

/// <summary>What the pages of the staff say in the same words.</summary>
public static class DeskTexts
{
    /// <summary>What was done to the application before, and its number, in the address of the one that
    /// follows.</summary>
    public const string Done = "done";

    /// <inheritdoc cref="Done"/>
    public const string Number = "moved";

    private static readonly string[] moves = ["return", "forward", "send"];

    /// <summary>«Заявка № … передана в Госуслугу»; null where nothing was done, or the address was made up.</summary>
    public static string? Moved(this Texts texts, HttpRequest request) =>
        request.Query[Done].ToString() is { } done
        && moves.Contains(done)
        && request.Query[Number].ToString() is { Length: > 0 and < 20 } number
        && number.All(letter => char.IsAsciiDigit(letter) || letter == '-')
            ? texts[$"moved.{done}", number]
            : null;

    /// <summary>Whoever works in another role is told so at once; what they may do is judged by the API.</summary>
    public static void Require(this Account account, IReadOnlyList<string> roles)
    {
        if (!roles.Any(account.Is))
            throw new ApiProblemException(403, "role.not-allowed");
    }

    /// <summary>The last day on which an answer is in time: the term ends where the next day begins.</summary>
    public static string LastDay(this Texts texts, DateTimeOffset tooLate) => texts.Day(tooLate.AddTicks(-1));

    public static int Days(DateTimeOffset since, DateTimeOffset now) =>
        Almaty.Date(now).DayNumber - Almaty.Date(since).DayNumber;

    /// <summary>"Waits for 3 days".</summary>
    public static string Age(this Texts texts, DateTimeOffset since, DateTimeOffset now)
    {
        var days = Days(since, now);
        return days < 1 ? texts["queue.since-today"] : texts.Count("queue.waits", days);
    }
}
