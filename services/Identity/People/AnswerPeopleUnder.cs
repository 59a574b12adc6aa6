using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.People;

/// <summary>For the other services: who holds one of some roles on an organisation or below it, a page at a
/// time.</summary>
public static class AnswerPeopleUnder
{
    public static void Map(IEndpointRouteBuilder services) => services.MapPost("people/under", Handle);

    public static async Task<Ok<Person[]>> Handle(UnderQuery query, IdentityDb db, CancellationToken ct)
    {
        var found = await db.PeopleWithRoles()
            .Where(one =>
                one.BlockedAt == null
                && one.ClosedAt == null
                && (query.After == null || one.Id > query.After)
                && one.Assignments.Any(held =>
                    query.Roles.Contains(held.Role) && held.Organisation.Path.Contains(query.OrganisationId)
                )
            )
            .OrderBy(one => one.Id)
            .Take(UnderQuery.Page)
            .ToListAsync(ct);
        return TypedResults.Ok<Person[]>([.. found.Select(one => one.Facts)]);
    }
}
