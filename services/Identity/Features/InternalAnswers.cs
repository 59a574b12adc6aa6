using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.Internal;

namespace PedAtt.Identity.Features;

/// <summary>What the other services ask: who people and organisations are, and which sign-ins have ended.</summary>
public static class InternalAnswers
{
    /// <summary>A session that was ended in a transaction still running when somebody asked last must not be missed.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder @internal)
    {
        @internal.MapGet("organisations/{id:guid}", Organisation);
        @internal.MapGet("people/{id:guid}", ById);
        @internal.MapPost("people/in-role", InRole);
        @internal.MapPost("people/by-iin", ByIin);
        @internal.MapGet("sessions/ended", Ended);
    }

    public static async Task<Results<Ok<OrganisationWithPath>, NotFound>> Organisation(Guid id, IdentityDb db, CancellationToken ct)
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } organisation)
            return TypedResults.NotFound();
        var path = await db.Organisations.AsNoTracking().Where(one => organisation.Path.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return TypedResults.Ok(new OrganisationWithPath(organisation.Facts, [.. organisation.Path.Select(one => path[one].Facts)]));
    }

    public static async Task<Results<Ok<Person>, NotFound>> ById(Guid id, IdentityDb db, CancellationToken ct) =>
        await People(db).SingleOrDefaultAsync(one => one.Id == id, ct) is { } user ? TypedResults.Ok(PersonOf(user)) : TypedResults.NotFound();

    public static async Task<Results<Ok<Person>, NotFound>> ByIin(ByIinQuery query, IdentityDb db, CancellationToken ct) =>
        await People(db).SingleOrDefaultAsync(one => one.Iin == query.Iin, ct) is { } user ? TypedResults.Ok(PersonOf(user)) : TypedResults.NotFound();

    public static async Task<Ok<Person[]>> InRole(InRoleQuery query, IdentityDb db, CancellationToken ct)
    {
        foreach (var organisationId in query.OrganisationIds)
        {
            var found = await People(db).Where(one => one.BlockedAt == null
                && one.Assignments.Any(held => held.Role == query.Role && held.OrganisationId == organisationId)).ToListAsync(ct);
            if (found.Count > 0)
                return TypedResults.Ok<Person[]>([.. found.Select(PersonOf)]);
        }
        return TypedResults.Ok(Array.Empty<Person>());
    }

    public static async Task<Ok<EndedSessions>> Ended(HttpContext http, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.Now();
        var oldest = now - (2 * SessionRules.AccessToken);
        var since = DateTimeOffset.TryParse(http.Request.Query["since"], out var asked) && asked > oldest + Overlap
            ? (asked - Overlap).ToUniversalTime()
            : oldest;
        var ended = await db.Sessions.Where(one => one.EndedAt > since).Select(one => one.Id).ToListAsync(ct);
        return TypedResults.Ok(new EndedSessions(now, ended));
    }

    private static IQueryable<User> People(IdentityDb db) =>
        db.Users.AsNoTracking().Include(one => one.Assignments).ThenInclude(one => one.Organisation);

    private static Person PersonOf(User user) => new(
        user.Id, user.UserName!, user.Iin, user.Name, user.FamilyName, user.GivenName, user.Patronymic, user.Email!, user.PhoneNumber!,
        user.Language, [.. user.Assignments.Select(one => new PersonAssignment(one.Role, one.OrganisationId, one.Organisation.Level))]);
}
