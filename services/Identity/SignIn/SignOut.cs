using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.SignIn;

public static class SignOut
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapDelete("tokens", Handle).WithSummary("End this sign-in, or all of one's own with ?all=true");

    public static async Task<NoContent> Handle(
        HttpContext http,
        IdentityDb db,
        CurrentUser user,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var all = string.Equals(http.Request.Query["all"], "true", StringComparison.OrdinalIgnoreCase);
        await sessions.EndAsync(user.Id, all ? null : user.SessionId, SessionEnd.SignOut, ct);
        db.SecurityEvents.Add(
            SecurityEvent.Of(user.Id, SecurityEvent.SignedOut, http.Connection.RemoteIpAddress, clock.Now())
        );
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
