using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.Tokens;

/// <summary>For the other services: which sign-ins have ended.</summary>
public static class AnswerEndedSessions
{
    /// <summary>A session that was ended in a transaction still running when somebody asked last must not be
    /// missed.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder services) => services.MapGet("sessions/ended", Handle);

    public static async Task<Ok<EndedSessions>> Handle(
        HttpContext http,
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = clock.Now();
        var oldest = now - (2 * SessionRules.AccessToken);
        var since =
            DateTimeOffset.TryParse(http.Request.Query["since"], out var asked) && asked > oldest + Overlap
                ? (asked - Overlap).ToUniversalTime()
                : oldest;
        var ended = await db.Sessions.Where(one => one.EndedAt > since).Select(one => one.Id).ToListAsync(ct);
        return TypedResults.Ok(new EndedSessions(now, ended));
    }
}
