using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

public static class GetOwnAccount
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("me", Handle).WithSummary("Who is signed in");

    public static async Task<Ok<UserView>> Handle(IdentityDb db, CurrentUser current, CancellationToken ct) =>
        TypedResults.Ok(UserView.Of(await db.PeopleWithRoles().SingleAsync(one => one.Id == current.Id, ct)));
}
