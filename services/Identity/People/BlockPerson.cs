using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.People;

/// <summary>Ends a person's sign-ins everywhere and lets them in no more until they are unblocked.</summary>
public static class BlockPerson
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("users/{id:guid}/block", Handle).WithIdempotency().WithSummary("Block a person");

    public static async Task<NoContent> Handle(
        Guid id,
        HttpContext http,
        IdentityDb db,
        Administration administration,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await administration.RequireAboveAsync(id, http, ct);
        return await db.InTransactionAsync(
            async () =>
            {
                var user = await administration.TakeUserAsync(id, ct);
                administration.RequireAbove(user);
                user.BlockedAt ??= clock.Now();
                await sessions.EndAsync(user.Id, only: null, SessionEnd.Block, ct);
                db.SecurityEvents.Add(SecurityEvent.Of(user.Id, SecurityEvent.Blocked, null, clock.Now()));
                administration.Note("user.blocked", user.Id);
                await db.SaveChangesAsync(ct);
                return TypedResults.NoContent();
            },
            ct
        );
    }
}
