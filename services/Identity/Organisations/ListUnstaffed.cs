using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

/// <summary>
/// Organisations in which nobody can act, for their administrators: a school without a secretary, a body without an
/// executor or a chair. What is sent there waits until somebody is given the role; who is blocked or closed does not
/// count.
/// </summary>
public static class ListUnstaffed
{
    /// <param name="Missing"><c>secretary</c>, <c>executor</c>, <c>commission-chair</c></param>
    public sealed record Response(OrganisationView Organisation, IReadOnlyList<string> Missing);

    private sealed record Position(Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapGet("organisations/unstaffed", Handle)
            .WithSummary("Organisations of your part of the tree where nobody can act");

    public static async Task<Ok<Paged<Response>>> Handle(
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser user,
        CancellationToken ct
    )
    {
        user.Require(Roles.Administrator);
        var page = PageRequest.From(http);
        var after = page.Position<Position>()?.Id ?? Guid.Empty;
        var seats = administration.Seats.Select(seat => seat.OrganisationId).ToArray();
        var acting = db.RoleAssignments.Where(held =>
            db.Users.Any(one => one.Id == held.UserId && one.BlockedAt == null && one.ClosedAt == null)
        );
        var found = await db
            .Organisations.AsNoTracking()
            .Where(one => one.Id > after && one.Path.Any(id => seats.Contains(id)))
            .Select(one => new
            {
                Organisation = one,
                Secretary = acting.Any(held => held.OrganisationId == one.Id && held.Role == Roles.Secretary),
                Executor = acting.Any(held => held.OrganisationId == one.Id && held.Role == Roles.Executor),
                Chair = acting.Any(held => held.OrganisationId == one.Id && held.Role == Roles.CommissionChair),
            })
            .Where(one => one.Organisation.Level == Levels.Organisation ? !one.Secretary : !one.Executor || !one.Chair)
            .OrderBy(one => one.Organisation.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var shown = Paged.Of(found, page.Limit, one => Cursor.Encode(new Position(one.Organisation.Id)));
        return TypedResults.Ok(
            new Paged<Response>(
                [
                    .. shown.Items.Select(one => new Response(
                        OrganisationView.Of(one.Organisation),
                        Missing(one.Organisation.Level, one.Secretary, one.Executor, one.Chair)
                    )),
                ],
                shown.Next
            )
        );
    }

    /// <summary>A school's own commission is not everybody's: its chair may be missing.</summary>
    public static IReadOnlyList<string> Missing(string level, bool secretary, bool executor, bool chair) =>
        level == Levels.Organisation
            ? secretary
                ? []
                : [Roles.Secretary]
            : [.. executor ? (string[])[] : [Roles.Executor], .. chair ? (string[])[] : [Roles.CommissionChair]];
}
