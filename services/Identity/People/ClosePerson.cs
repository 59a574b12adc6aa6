using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.People;

/// <summary>An administrator ends an account for good, with a ground: it opens nothing, and its IIN and e-mail are free
/// again.</summary>
public static class ClosePerson
{
    private const int LongestGround = 500;

    /// <param name="Ground">Why. Kept with the closing.</param>
    public sealed record Request(string? Ground);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("users/{id:guid}/close", Handle)
            .WithIdempotency()
            .WithSummary("Close an account for good; its IIN and e-mail are free again")
            .TakesJson<Request>();

    public static async Task<NoContent> Handle(
        Guid id,
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser current,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        current.Require(Roles.Administrator);
        administration.RequireAbove(await administration.UserAsync(id, ct));
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        new Fields(errors).Text("ground", request.Ground, 3..LongestGround);
        errors.ThrowIfAny();
        return await db.InTransactionAsync(
            async () =>
            {
                var user = await administration.TakeUserAsync(id, ct);
                administration.RequireAbove(user);
                if (user.ClosedAt is null)
                {
                    await AccountClosing.CloseAsync(user, Closing.Administrator, db, sessions, clock.Now(), ct);
                    administration.Note("user.closed", user.Id, ground: request.Ground);
                    await db.SaveChangesAsync(ct);
                }
                return TypedResults.NoContent();
            },
            ct
        );
    }
}
