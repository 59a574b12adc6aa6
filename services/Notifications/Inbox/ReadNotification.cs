using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

public static class ReadNotification
{
    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapPost("{id:guid}/read", Handle).WithSummary("Mark one as read").WithIdempotency();

    public static async Task<Ok<NotificationView>> Handle(
        Guid id,
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        ReadersLanguage language,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var row =
            await db.Notifications.SingleOrDefaultAsync(row => row.Id == id && row.PersonId == user.Id, ct)
            ?? throw Problem.NotFound();
        await RequestBody.ReadNothingAsync(http, ct);
        // Read is read: a second time does not move it.
        row.ReadAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(NotificationView.Of(row, await language.OfAsync(http, ct)));
    }
}
