using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.Organisations;

/// <summary>For the other services: an organisation with all above it.</summary>
public static class AnswerOrganisation
{
    public static void Map(IEndpointRouteBuilder services) => services.MapGet("organisations/{id:guid}", Handle);

    public static async Task<Results<Ok<OrganisationWithPath>, NotFound>> Handle(
        Guid id,
        IdentityDb db,
        CancellationToken ct
    )
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } organisation)
            return TypedResults.NotFound();
        var path = await db
            .Organisations.AsNoTracking()
            .Where(one => organisation.Path.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, ct);
        return TypedResults.Ok(
            new OrganisationWithPath(organisation.Facts, [.. organisation.Path.Select(one => path[one].Facts)])
        );
    }
}
