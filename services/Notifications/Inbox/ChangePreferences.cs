using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

/// <summary>
/// Whether e-mails are sent, and in which language a person is told. In the system itself everybody is always told.
/// </summary>
public static class ChangePreferences
{
    public sealed record Request(bool? Email, string? Language);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapPut("preferences", Handle).WithSummary("Choose how you are told").TakesJson<Request>();

    public static async Task<Ok<PreferencesView>> Handle(
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        CancellationToken ct
    )
    {
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        if (request.Email is null)
            errors.Add("email", FieldCodes.Required);
        if (request.Language is not (null or Language.Kazakh or Language.Russian))
            errors.Add("language", FieldCodes.UnknownKey);
        errors.ThrowIfAny();
        // One statement: of two tabs that save at once the later one counts, and neither fails.
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into preferences (person_id, email, language) values ({user.Id}, {request.Email}, {request.Language})
            on conflict (person_id) do update set email = excluded.email, language = excluded.language
            """,
            ct
        );
        return TypedResults.Ok(new PreferencesView(request.Email!.Value, request.Language));
    }
}
