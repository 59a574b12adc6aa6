using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.People;

/// <summary>For the other services: who holds a role on the nearest of some organisations that has anybody in
/// it.</summary>
public static class AnswerPeopleInRole
{
    public static void Map(IEndpointRouteBuilder services) => services.MapPost("people/in-role", Handle);

    public static async Task<Ok<Person[]>> Handle(InRoleQuery query, IdentityDb db, CancellationToken ct)
    {
        foreach (var organisationId in query.OrganisationIds)
        {
            var found = await db.PeopleWithRoles()
                .Where(one =>
                    one.BlockedAt == null
                    && one.ClosedAt == null
                    && one.Assignments.Any(held => held.Role == query.Role && held.OrganisationId == organisationId)
                )
                .ToListAsync(ct);
            if (found.Count > 0)
                return TypedResults.Ok<Person[]>([.. found.Select(one => one.Facts)]);
        }
        return TypedResults.Ok(Array.Empty<Person>());
    }
}
