using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

public static class ReadAllNotifications
{
    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapPost("read-all", Handle).WithSummary("Mark all as read").WithIdempotency();

    public static async Task<NoContent> Handle(
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await RequestBody.ReadNothingAsync(http, ct);
        var now = clock.GetUtcNow();
        await db
            .Notifications.Where(row => row.PersonId == user.Id && row.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), ct);
        return TypedResults.NoContent();
    }
}
