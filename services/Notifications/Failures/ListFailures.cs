using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Failures;

public static class ListFailures
{
    private sealed record Position(long Sequence);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapGet("failures", Handle).WithSummary("Letters that could not be sent");

    public static async Task<Ok<Paged<FailedEmail>>> Handle(
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        CancellationToken ct
    )
    {
        user.Require(Roles.Administrator);
        var page = PageRequest.From(http);
        var after = page.Position<Position>()?.Sequence ?? long.MaxValue;
        var found = await NotificationWithEmail
            .For(user, db)
            .Where(pair => pair.Email.State == EmailState.Failed && pair.Notification.Sequence < after)
            .OrderByDescending(pair => pair.Notification.Sequence)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var shown = Paged.Of(found, page.Limit, pair => Cursor.Encode(new Position(pair.Notification.Sequence)));
        return TypedResults.Ok(new Paged<FailedEmail>([.. shown.Items.Select(FailedEmail.Of)], shown.Next));
    }
}
