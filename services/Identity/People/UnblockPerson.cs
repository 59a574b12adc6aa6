using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.People;

public static class UnblockPerson
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("users/{id:guid}/unblock", Handle)
            .WithIdempotency()
            .WithSummary("Let a blocked person in again");

    public static async Task<NoContent> Handle(
        Guid id,
        HttpContext http,
        IdentityDb db,
        Administration administration,
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
                user.BlockedAt = null;
                db.SecurityEvents.Add(SecurityEvent.Of(user.Id, SecurityEvent.Unblocked, null, clock.Now()));
                administration.Note("user.unblocked", user.Id);
                await db.SaveChangesAsync(ct);
                return TypedResults.NoContent();
            },
            ct
        );
    }
}
