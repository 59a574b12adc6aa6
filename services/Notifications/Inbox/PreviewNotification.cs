using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Notifications.Inbox;

/// <summary>
/// What the teacher will read, before the move that tells them is made: the row of <see cref="NotificationTable"/>
/// itself, over the very event that the move would publish now. It is for whoever may make the move, and refuses where
/// the move would not be that one.
/// </summary>
public static class PreviewNotification
{
    /// <summary>A refusal names a few reasons, never pages of them.</summary>
    private const int MostReasons = 50;

    private const string Kinds = "application.";

    /// <param name="Language"><c>kk</c> or <c>ru</c>: in which of them the teacher is told.</param>
    public sealed record Response(Preview Kk, Preview Ru, string Language);

    public sealed record Preview(string Title, string Text);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapGet("preview", Handle).WithSummary("What the teacher will read, before it is sent");

    /// <param name="kind">As the notification will have it: <c>application.</c> and the status that the move
    /// reaches.</param>
    /// <param name="reasons">How many the receipt of refusal names; for a refusal only.</param>
    public static async Task<Ok<Response>> Handle(
        string? kind,
        string? applicationId,
        string? reasons,
        NotificationsDb db,
        ApplicationsClient applications,
        IdentityClient identity,
        CancellationToken ct
    )
    {
        var errors = new Errors();
        if (!Guid.TryParse(applicationId, out var id))
            errors.Add(
                "applicationId",
                string.IsNullOrEmpty(applicationId) ? FieldCodes.Required : FieldCodes.UnknownKey
            );
        errors.ThrowIfAny();
        var access = await applications.AccessAsync(id, ct);
        var move = kind?.StartsWith(Kinds, StringComparison.Ordinal) is true
            ? await applications.MoveAsync(id, kind[Kinds.Length..], ct)
            : null;
        if (move is null)
        {
            if (access.IsOwner)
                throw Problem.NotAllowed();
            errors.Add("kind", string.IsNullOrEmpty(kind) ? FieldCodes.Required : FieldCodes.UnknownKey);
            throw Problem.With(400, SharedCodes.Validation, ("errors", errors.ToDictionary()));
        }
        access.RequireRole(move.By);
        var refusals = move.Action == "refuse" ? Reasons(reasons, errors) : 0;
        errors.ThrowIfAny();
        if (!move.IsAllowed)
            throw Problem.Conflict(SharedCodes.TransitionNotAllowed, $"'{kind}' is not told now.");

        var told = EventOf(move, refusals);
        if (told is ApplicationReturned { ReturnedBlocks.Count: 0 })
            throw Problem.Conflict(Codes.NothingReturned, "A return needs a block that was returned with a comment.");
        var notice = NotificationTable.Of(told).Single(one => one.Audience.PersonId == access.Facts.TeacherId);
        var teacher = await identity.PersonAsync(access.Facts.TeacherId, ct);
        var chosen = await db.Preferences.FindAsync([access.Facts.TeacherId], ct);
        return TypedResults.Ok(
            new Response(
                new(notice.Title.Kk, notice.Body.Kk),
                new(notice.Title.Ru, notice.Body.Ru),
                Preferences.LanguageOf(chosen, teacher?.Language)
            )
        );
    }

    /// <summary>The reasons of a refusal are still being chosen: so many empty ones stand for them.</summary>
    private static object EventOf(MovePreview move, int reasons)
    {
        var type = typeof(ApplicationReturned).Assembly.GetType(move.Type!, throwOnError: true)!;
        var told = move.Event!.Value.Deserialize(type, Json.Options)!;
        return told is ApplicationRefused refused
            ? refused with
            {
                Reasons = [.. Enumerable.Repeat(new RefusalReason("", ""), reasons)],
            }
            : told;
    }

    private static int Reasons(string? text, Errors errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add("reasons", FieldCodes.Required);
        else if (!int.TryParse(text, out var count))
            errors.Add("reasons", FieldCodes.ValueWrongType);
        else if (count is < 1 or > MostReasons)
            errors.Add("reasons", FieldCodes.NumberOutOfRange);
        else
            return count;
        return 0;
    }
}
