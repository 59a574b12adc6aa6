using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

public static class ListNotifications
{
    private sealed record Position(long Sequence);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications
            .MapGet("", Handle)
            .WithSummary("Your notifications, the newest first (?unread=true: only those not read yet)");

    public static async Task<Ok<Paged<NotificationView>>> Handle(
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        ReadersLanguage language,
        CancellationToken ct
    )
    {
        var page = PageRequest.From(http);
        var rows = db.Notifications.AsNoTracking().Where(row => row.PersonId == user.Id);
        if (string.Equals(http.Request.Query["unread"], "true", StringComparison.OrdinalIgnoreCase))
            rows = rows.Where(row => row.ReadAt == null);
        if (page.Position<Position>() is { } after)
            rows = rows.Where(row => row.Sequence < after.Sequence);
        var found = await rows.OrderByDescending(row => row.Sequence).Take(page.Limit + 1).ToListAsync(ct);
        var spoken = await language.OfAsync(http, ct);

        var shown = Paged.Of(found, page.Limit, row => Cursor.Encode(new Position(row.Sequence)));
        return TypedResults.Ok(
            new Paged<NotificationView>([.. shown.Items.Select(row => NotificationView.Of(row, spoken))], shown.Next)
        );
    }
}
