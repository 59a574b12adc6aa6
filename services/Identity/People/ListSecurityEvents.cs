using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

/// <summary>The owner of an account sees what happened to it: who signed in from where, what was changed.</summary>
public static class ListSecurityEvents
{
    /// <param name="Kind">
    /// <c>signed-in</c>, <c>signed-in-with-eds</c>, <c>sign-in-failed</c>, <c>signed-out</c>, <c>refresh-reused</c>,
    /// <c>password-reset</c>, <c>email-change-asked</c>, <c>email-changed</c>, <c>roles-changed</c>, <c>blocked</c>,
    /// <c>unblocked</c>, <c>corrected</c> or <c>closed</c>
    /// </param>
    /// <param name="Network">From where, as a network (<c>203.0.113.0/24</c>); null where it was not the owner.</param>
    public sealed record Response(string Kind, string? Network, DateTimeOffset At);

    private sealed record Position(Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapGet("me/security-events", Handle)
            .WithSummary("What happened to your account in the last half year, the newest first");

    public static async Task<Ok<Paged<Response>>> Handle(
        HttpContext http,
        IdentityDb db,
        CurrentUser current,
        CancellationToken ct
    )
    {
        var page = PageRequest.From(http);
        var rows = db.SecurityEvents.AsNoTracking().Where(one => one.UserId == current.Id);
        if (page.Position<Position>() is { } after)
            rows = rows.Where(one => one.Id < after.Id);
        var found = await rows.OrderByDescending(one => one.Id).Take(page.Limit + 1).ToListAsync(ct);
        var shown = Paged.Of(found, page.Limit, one => Cursor.Encode(new Position(one.Id)));
        return TypedResults.Ok(
            new Paged<Response>([.. shown.Items.Select(one => new Response(one.Kind, one.Network, one.At))], shown.Next)
        );
    }
}
