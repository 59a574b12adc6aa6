using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.People;

public static class GetPerson
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("users/{id:guid}", Handle).WithSummary("One person of one's own part of the tree");

    public static async Task<Ok<UserView>> Handle(
        Guid id,
        Administration administration,
        CurrentUser current,
        CancellationToken ct
    )
    {
        current.Require(Roles.Administrator);
        var user = await administration.UserAsync(id, ct);
        await administration.NoteReadingAsync([user], ct);
        return TypedResults.Ok(await administration.ViewAsync(user, ct));
    }
}
