using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

/// <summary>
/// Replaces the roles that lie in the administrator's part of the tree; the others are not theirs to touch. A change
/// ends the person's sign-ins everywhere.
/// </summary>
public static class ChangeRoles
{
    public sealed record Request(AssignmentRequest?[]? Assignments);

    public sealed record AssignmentRequest(string? Role, Guid? OrganisationId);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPut("users/{id:guid}/roles", Handle)
            .WithSummary("Replace a person's roles in one's own part of the tree")
            .TakesJson<Request>();

    public static async Task<Ok<UserView>> Handle(
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
        await administration.UserAsync(id, ct);
        if (id == current.Id)
            throw Problem.NotAllowed();
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var assignments = await AssignmentsAsync(request, db, ct);
        return await db.InTransactionAsync(
            async () =>
            {
                var user = await administration.TakeUserAsync(id, ct);
                await ReplaceAsync(user, assignments, db, administration, sessions, clock, ct);
                return TypedResults.Ok(
                    UserView.Of(
                        await db
                            .Users.AsNoTracking()
                            .Include(one => one.Assignments)
                                .ThenInclude(one => one.Organisation)
                            .SingleAsync(one => one.Id == id, ct)
                    )
                );
            },
            ct
        );
    }

    private static async Task ReplaceAsync(
        User user,
        IReadOnlyList<RoleOn> assignments,
        IdentityDb db,
        Administration administration,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var held = user.Assignments.Select(one => new RoleOn(one.Role, one.Organisation)).ToArray();
        var change = RoleAssignments.Change(held, assignments, administration.Seats);
        if (change.IsNone)
            return;
        db.RoleAssignments.RemoveRange(
            user.Assignments.Where(one => change.Taken.Contains(new(one.Role, one.Organisation)))
        );
        foreach (var (role, organisation) in change.Given)
            db.RoleAssignments.Add(
                new RoleAssignment
                {
                    UserId = user.Id,
                    Role = role,
                    OrganisationId = organisation.Id,
                    GivenAt = clock.Now(),
                    Organisation = organisation,
                }
            );
        user.LastOrganisationId = change.LastOrganisationId;
        await sessions.EndAsync(user.Id, only: null, SessionEnd.RoleChange, ct);
        db.SecurityEvents.Add(SecurityEvent.Of(user.Id, SecurityEvent.RolesChanged, null, clock.Now()));
        administration.Note("roles.changed", user.Id, details: change.ToString());
        await db.SaveChangesAsync(ct);
    }

    private static async Task<IReadOnlyList<RoleOn>> AssignmentsAsync(
        Request request,
        IdentityDb db,
        CancellationToken ct
    )
    {
        var errors = new Errors();
        if (request.Assignments is null)
            errors.Add("assignments", FieldCodes.Required);
        var ids = (request.Assignments ?? [])
            .Select(asked => asked?.OrganisationId)
            .OfType<Guid>()
            .Distinct()
            .ToArray();
        var organisations = await db
            .Organisations.Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, ct);
        var assignments = new List<RoleOn>();
        foreach (var asked in request.Assignments ?? [])
        {
            var organisation = asked?.OrganisationId is { } id ? organisations.GetValueOrDefault(id) : null;
            if (asked is null)
                errors.Add("assignments", FieldCodes.ValueWrongType);
            else if (organisation is null || asked.Role is null || !RoleTable.Exists(asked.Role))
                errors.Add("assignments", FieldCodes.UnknownKey);
            else if (!RoleTable.SitsOn(asked.Role, organisation.Level))
                errors.Add("assignments", Codes.Field.RoleLevel);
            else if (!assignments.Contains(new(asked.Role, organisation)))
                assignments.Add(new(asked.Role, organisation));
        }
        errors.ThrowIfAny();
        return assignments;
    }
}
