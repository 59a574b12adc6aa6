using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

/// <summary>The people of an administrator's part of the tree; who was shown is noted.</summary>
public static class ListPeople
{
    private sealed record Position(string Name, Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("users", Handle).WithSummary("People by name; ?organisationId= and ?role= narrow it");

    public static async Task<Ok<Paged<UserView>>> Handle(
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser current,
        CancellationToken ct
    )
    {
        current.Require(Roles.Administrator);
        var page = PageRequest.From(http);
        var seats = administration.Seats.Select(seat => seat.OrganisationId).ToArray();
        var query = db
            .Users.AsNoTracking()
            .Include(one => one.Assignments)
                .ThenInclude(one => one.Organisation)
            .AsSplitQuery()
            .Where(one =>
                one.Assignments.Any(held => held.Organisation.Path.Any(id => seats.Contains(id)))
                || one.LastOrganisation!.Path.Any(id => seats.Contains(id))
            );
        if (http.Request.Query["organisationId"].ToString() is { Length: > 0 } organisation)
            query = Guid.TryParse(organisation, out var id)
                ? query.Where(one =>
                    one.Assignments.Any(held => held.OrganisationId == id) || one.LastOrganisationId == id
                )
                : query.Where(_ => false);
        if (http.Request.Query["role"].ToString() is { Length: > 0 } role)
            query = query.Where(one => one.Assignments.Any(held => held.Role == role));
        if (page.Position<Position>() is { } last)
            query = query.Where(one =>
                string.Compare(one.Name, last.Name) > 0 || (one.Name == last.Name && one.Id > last.Id)
            );
        var rows = await query.OrderBy(one => one.Name).ThenBy(one => one.Id).Take(page.Limit + 1).ToListAsync(ct);
        var paged = Paged.Of(rows, page.Limit, one => Cursor.Encode(new Position(one.Name, one.Id)));
        await administration.NoteReadingAsync(paged.Items, ct);
        var meant = await administration.NamesMeantAsync(paged.Items, ct);
        return TypedResults.Ok(
            new Paged<UserView>(
                [.. paged.Items.Select(one => UserView.Of(one, meant.GetValueOrDefault(one.Id)))],
                paged.Next
            )
        );
    }
}
