using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.People;

/// <summary>For the other services: who a person is, by id or by IIN.</summary>
public static class AnswerPerson
{
    public static void Map(IEndpointRouteBuilder services)
    {
        services.MapGet("people/{id:guid}", ById);
        services.MapPost("people/by-iin", ByIin);
    }

    public static async Task<Results<Ok<Person>, NotFound>> ById(Guid id, IdentityDb db, CancellationToken ct) =>
        Of(await db.PeopleWithRoles().SingleOrDefaultAsync(one => one.Id == id, ct));

    public static async Task<Results<Ok<Person>, NotFound>> ByIin(
        ByIinQuery query,
        IdentityDb db,
        CancellationToken ct
    ) => Of(await db.PeopleWithRoles().SingleOrDefaultAsync(one => one.Iin == query.Iin && one.ClosedAt == null, ct));

    private static Results<Ok<Person>, NotFound> Of(User? user) =>
        user is null ? TypedResults.NotFound() : TypedResults.Ok(user.Facts);
}
