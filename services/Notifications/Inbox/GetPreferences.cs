using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

public static class GetPreferences
{
    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapGet("preferences", Handle).WithSummary("How you are told");

    public static async Task<Ok<PreferencesView>> Handle(NotificationsDb db, CurrentUser user, CancellationToken ct) =>
        TypedResults.Ok(
            await db
                .Preferences.Where(row => row.PersonId == user.Id)
                .Select(row => new PreferencesView(row.Email, row.Language))
                .SingleOrDefaultAsync(ct)
                ?? new PreferencesView(Email: true, Language: null)
        );
}
