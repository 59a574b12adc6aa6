using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Notifications.Inbox;

/// <summary>
/// What the teacher will read, before the move that tells them is made: the row of <see cref="NotificationTable"/> itself, over the
/// facts that the move would find now. It is for whoever may make the move, and refuses where the move would not be that one.
/// </summary>
public static class PreviewNotification
{
    /// <summary>A refusal names a few reasons, never pages of them.</summary>
    private const int MostReasons = 50;

    /// <summary>
    /// Which move tells it: by whom, from which status. Decisions are not among them: what they tell is what the chair has yet to write.
    /// </summary>
    private static readonly Dictionary<string, (string Role, string From)> Moves = new()
    {
        ["application.returned-for-revision"] = (Roles.Secretary, "under-review"),
        ["application.under-state-service-review"] = (Roles.Secretary, "under-review"),
        ["application.accepted-by-state-service"] = (Roles.Executor, "under-state-service-review"),
        ["application.refused-by-state-service"] = (Roles.Executor, "under-state-service-review"),
        ["application.sent-to-commission"] = (Roles.Executor, "accepted-by-state-service"),
    };

    /// <param name="Language"><c>kk</c> or <c>ru</c>: in which of them the teacher is told.</param>
    public sealed record Response(Preview Kk, Preview Ru, string Language);

    public sealed record Preview(string Title, string Text);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapGet("preview", Handle).WithSummary("What the teacher will read, before it is sent");

    /// <param name="reasons">How many the receipt of refusal names; for <c>application.refused-by-state-service</c> only.</param>
    public static async Task<Ok<Response>> Handle(
        string? kind, string? applicationId, string? reasons, NotificationsDb db, ApplicationsClient applications, PortfolioClient portfolio,
        IdentityClient identity, TimeProvider clock, CancellationToken ct)
    {
        var errors = new Errors();
        if (!Guid.TryParse(applicationId, out var id))
            errors.Add("applicationId", string.IsNullOrEmpty(applicationId) ? "required" : "unknown-key");
        errors.ThrowIfAny();
        var access = await applications.AccessAsync(id, ct);
        if (kind is null || !Moves.TryGetValue(kind, out var move))
        {
            if (access.IsOwner)
                throw Problem.NotAllowed();
            errors.Add("kind", string.IsNullOrEmpty(kind) ? "required" : "unknown-key");
            throw Problem.With(400, "validation", ("errors", errors.ToDictionary()));
        }
        access.RequireRole(move.Role);
        var refusals = kind == "application.refused-by-state-service" ? Reasons(reasons, errors) : 0;
        errors.ThrowIfAny();
        if (access.Facts.Status != move.From)
            throw Problem.Conflict("transition.not-allowed", $"'{kind}' is not told from '{access.Facts.Status}'.");

        var told = await EventAsync(kind, access.Facts, refusals, portfolio, clock.GetUtcNow(), ct);
        var notice = NotificationTable.Of(told).Single(one => one.Audience.PersonId == access.Facts.TeacherId);
        var teacher = await identity.PersonAsync(access.Facts.TeacherId, ct);
        var chosen = await db.Preferences.FindAsync([access.Facts.TeacherId], ct);
        return TypedResults.Ok(new Response(
            new(notice.Title.Kk, notice.Body.Kk), new(notice.Title.Ru, notice.Body.Ru), Preferences.LanguageOf(chosen, teacher?.Language)));
    }

    /// <summary>The event that the move would publish now, as far as its text goes.</summary>
    private static async Task<object> EventAsync(
        string kind, ApplicationFacts facts, int reasons, PortfolioClient portfolio, DateTimeOffset now, CancellationToken ct)
    {
        var (id, version, path) = (facts.Id, facts.Version + 1, facts.OrganisationPath);
        return kind switch
        {
            "application.returned-for-revision" => new ApplicationReturned(
                id, version, facts.Number, facts.TeacherId, path, now, await ReturnedAsync(facts, portfolio, ct)),
            "application.under-state-service-review" => new ApplicationForwarded(
                id, version, facts.Number, facts.TeacherId, path, now, facts.AcceptingOrganisationId),
            "application.accepted-by-state-service" => new ApplicationAccepted(
                id, version, facts.Number, facts.TeacherId, path, now, facts.AcceptingOrganisationId),
            "application.refused-by-state-service" => new ApplicationRefused(
                id, version, facts.Number, facts.TeacherId, path, now, facts.AcceptingOrganisationId,
                [.. Enumerable.Repeat(new RefusalReason("", ""), reasons)]),
            _ => new ApplicationSentToCommission(id, version, facts.Number, facts.TeacherId, path, now, facts.DecidingOrganisationId),
        };
    }

    private static async Task<IReadOnlyList<string>> ReturnedAsync(ApplicationFacts facts, PortfolioClient portfolio, CancellationToken ct)
    {
        var returned = await portfolio.ReturnedBlocksAsync(facts, ct);
        return returned.Count > 0
            ? returned
            : throw Problem.Conflict("nothing-returned", "A return needs a block that was returned with a comment.");
    }

    /// <summary>The executor is choosing them: the receipt that will name them need not be there yet.</summary>
    private static int Reasons(string? text, Errors errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add("reasons", "required");
        else if (!int.TryParse(text, out var count))
            errors.Add("reasons", "value.wrong-type");
        else if (count is < 1 or > MostReasons)
            errors.Add("reasons", "number.out-of-range");
        else
            return count;
        return 0;
    }
}
