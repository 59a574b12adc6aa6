using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

public static class GetOrganisation
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("organisations/{id:guid}", Handle).WithSummary("One organisation");

    public static async Task<Ok<OrganisationView>> Handle(Guid id, IdentityDb db, CancellationToken ct) =>
        TypedResults.Ok(
            OrganisationView.Of(
                await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
                    ?? throw Problem.NotFound()
            )
        );
}
