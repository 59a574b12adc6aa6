using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.Identity.Tokens;

namespace PedAtt.Identity.Features;

/// <summary>The people of an administrator's part of the tree. A block or a change of roles ends their sign-ins everywhere.</summary>
public static class Users
{
    public sealed record RolesRequest(AssignmentRequest?[]? Assignments);

    public sealed record AssignmentRequest(string? Role, Guid? OrganisationId);

    private sealed record Position(string Name, Guid Id);

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity.MapGet("users", List).WithSummary("People by name; ?organisationId= and ?role= narrow it");
        identity.MapGet("users/{id:guid}", Get).WithSummary("One person of one's own part of the tree");
        identity.MapPost("users/{id:guid}/block", Block).WithIdempotency().WithSummary("Block a person");
        identity.MapPost("users/{id:guid}/unblock", Unblock).WithIdempotency().WithSummary("Let a blocked person in again");
        identity.MapPut("users/{id:guid}/roles", ChangeRoles).WithSummary("Replace a person's roles in one's own part of the tree")
            .TakesJson<RolesRequest>();
    }

    public static async Task<Ok<Paged<UserView>>> List(
        HttpContext http, IdentityDb db, Administration administration, CurrentUser current, TimeProvider clock, CancellationToken ct)
    {
        current.Require(Roles.Administrator);
        var page = PageRequest.From(http);
        var seats = administration.Seats.Select(seat => seat.OrganisationId).ToArray();
        var query = db.Users.AsNoTracking().Include(one => one.Assignments).ThenInclude(one => one.Organisation).AsSplitQuery()
            .Where(one => one.Assignments.Any(held => held.Organisation.Path.Any(id => seats.Contains(id)))
                || one.LastOrganisation!.Path.Any(id => seats.Contains(id)));
        if (http.Request.Query["organisationId"].ToString() is { Length: > 0 } organisation)
            query = Guid.TryParse(organisation, out var id)
                ? query.Where(one => one.Assignments.Any(held => held.OrganisationId == id) || one.LastOrganisationId == id)
                : query.Where(_ => false);
        if (http.Request.Query["role"].ToString() is { Length: > 0 } role)
            query = query.Where(one => one.Assignments.Any(held => held.Role == role));
        if (page.Position<Position>() is { } last)
            query = query.Where(one => string.Compare(one.Name, last.Name) > 0 || (one.Name == last.Name && one.Id > last.Id));
        var rows = await query.OrderBy(one => one.Name).ThenBy(one => one.Id).Take(page.Limit + 1).ToListAsync(ct);
        var paged = Paged.Of(rows, page.Limit, one => Cursor.Encode(new Position(one.Name, one.Id)));
        await NoteReadingAsync(paged.Items, db, current, clock, ct);
        return TypedResults.Ok(new Paged<UserView>([.. paged.Items.Select(UserView.Of)], paged.Next));
    }

    public static async Task<Ok<UserView>> Get(
        Guid id, IdentityDb db, Administration administration, CurrentUser current, TimeProvider clock, CancellationToken ct)
    {
        current.Require(Roles.Administrator);
        var user = await administration.UserAsync(id, ct);
        await NoteReadingAsync([user], db, current, clock, ct);
        return TypedResults.Ok(UserView.Of(user));
    }

    private static async Task NoteReadingAsync(
        IEnumerable<User> people, IdentityDb db, CurrentUser current, TimeProvider clock, CancellationToken ct)
    {
        var asWhat = Roles.Administrator;
        foreach (var person in people.Where(one => one.Id != current.Id))
            db.Readings.Add(new Reading
            {
                ReaderId = current.Id,
                Role = asWhat,
                Subject = "person",
                SubjectId = person.Id,
                At = clock.Now(),
            });
        await db.SaveChangesAsync(ct);
    }

    public static async Task<NoContent> Block(
        Guid id, HttpContext http, IdentityDb db, Administration administration, CurrentUser current, Sessions sessions,
        TimeProvider clock, CancellationToken ct)
    {
        await CheckAsync(id, http, administration, current, ct);
        return await db.InTransactionAsync(async () =>
        {
            var user = await administration.TakeUserAsync(id, ct);
            administration.RequireAbove(user);
            user.BlockedAt ??= clock.Now();
            await sessions.EndAsync(user.Id, only: null, SessionEnd.Block, ct);
            administration.Note("user.blocked", user.Id);
            await db.SaveChangesAsync(ct);
            return TypedResults.NoContent();
        }, ct);
    }

    public static async Task<NoContent> Unblock(
        Guid id, HttpContext http, IdentityDb db, Administration administration, CurrentUser current, CancellationToken ct)
    {
        await CheckAsync(id, http, administration, current, ct);
        return await db.InTransactionAsync(async () =>
        {
            var user = await administration.TakeUserAsync(id, ct);
            administration.RequireAbove(user);
            user.BlockedAt = null;
            administration.Note("user.unblocked", user.Id);
            await db.SaveChangesAsync(ct);
            return TypedResults.NoContent();
        }, ct);
    }

    /// <summary>Replaces the roles that lie in the administrator's part of the tree; the others are not theirs to touch.</summary>
    public static async Task<Ok<UserView>> ChangeRoles(
        Guid id, HttpContext http, IdentityDb db, Administration administration, CurrentUser current, Sessions sessions,
        TimeProvider clock, CancellationToken ct)
    {
        current.Require(Roles.Administrator);
        await administration.UserAsync(id, ct);
        if (id == current.Id)
            throw Problem.NotAllowed();
        var request = await RequestBody.ReadAsync<RolesRequest>(http, ct);
        var wanted = await WantedAsync(request, db, ct);
        return await db.InTransactionAsync(async () =>
        {
            var user = await administration.TakeUserAsync(id, ct);
            await ReplaceAsync(user, wanted, db, administration, sessions, clock, ct);
            return TypedResults.Ok(UserView.Of(await db.Users.AsNoTracking().Include(one => one.Assignments)
                .ThenInclude(one => one.Organisation).SingleAsync(one => one.Id == id, ct)));
        }, ct);
    }

    private static async Task ReplaceAsync(
        User user, IReadOnlyList<(string Role, Organisation Organisation)> wanted, IdentityDb db, Administration administration,
        Sessions sessions, TimeProvider clock, CancellationToken ct)
    {
        var mine = user.Assignments.Where(one => administration.Covers(one.Organisation)).ToArray();
        var gone = mine.Where(one => !wanted.Any(want => want.Role == one.Role && want.Organisation.Id == one.OrganisationId)).ToArray();
        var fresh = wanted.Where(want => !user.Assignments.Any(one => one.Role == want.Role && one.OrganisationId == want.Organisation.Id)).ToArray();
        if (gone.Any(one => !administration.MayIssue(one.Role, one.Organisation))
            || fresh.Any(want => !administration.MayIssue(want.Role, want.Organisation)))
            throw Problem.NotAllowed();

        var isLast = fresh.Length == 0 && gone.Length == user.Assignments.Count;
        db.RoleAssignments.RemoveRange(gone);
        foreach (var (role, organisation) in fresh)
            db.RoleAssignments.Add(new RoleAssignment
            {
                UserId = user.Id,
                Role = role,
                OrganisationId = organisation.Id,
                GivenAt = clock.Now(),
                Organisation = organisation,
            });
        if (gone.Length + fresh.Length > 0)
        {
            user.LastOrganisationId = isLast ? gone[0].OrganisationId : null;
            await sessions.EndAsync(user.Id, only: null, SessionEnd.RoleChange, ct);
            administration.Note("roles.changed", user.Id, details:
                string.Join(' ', [.. gone.Select(one => $"-{one.Role}"), .. fresh.Select(want => $"+{want.Role}")]));
        }
        await db.SaveChangesAsync(ct);
    }

    private static async Task<IReadOnlyList<(string Role, Organisation Organisation)>> WantedAsync(
        RolesRequest request, IdentityDb db, CancellationToken ct)
    {
        var errors = new Errors();
        if (request.Assignments is null)
            errors.Add("assignments", "required");
        var ids = (request.Assignments ?? []).Select(one => one?.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var organisations = await db.Organisations.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        var wanted = new List<(string Role, Organisation Organisation)>();
        foreach (var one in request.Assignments ?? [])
        {
            var organisation = one?.OrganisationId is { } id ? organisations.GetValueOrDefault(id) : null;
            if (one is null)
                errors.Add("assignments", "value.wrong-type");
            else if (organisation is null || one.Role is null || !RoleTable.Exists(one.Role))
                errors.Add("assignments", "unknown-key");
            else if (!RoleTable.SitsOn(one.Role, organisation.Level))
                errors.Add("assignments", "role.level");
            else if (!wanted.Contains((one.Role, organisation)))
                wanted.Add((one.Role, organisation));
        }
        errors.ThrowIfAny();
        return wanted;
    }

    /// <summary>What is refused without a look at the person is refused before anybody has to wait.</summary>
    private static async Task CheckAsync(
        Guid id, HttpContext http, Administration administration, CurrentUser current, CancellationToken ct)
    {
        current.Require(Roles.Administrator);
        administration.RequireAbove(await administration.UserAsync(id, ct));
        await RequestBody.ReadNothingAsync(http, ct);
    }
}
