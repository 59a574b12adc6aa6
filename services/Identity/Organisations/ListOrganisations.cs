using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

public static class ListOrganisations
{
    private sealed record Position(string Name, Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("organisations", Handle).WithSummary("Organisations by name; ?parentId= and ?level= narrow it");

    public static async Task<Ok<Paged<OrganisationView>>> Handle(HttpContext http, IdentityDb db, CancellationToken ct)
    {
        var page = PageRequest.From(http);
        var query = db.Organisations.AsNoTracking();
        if (http.Request.Query["parentId"].ToString() is { Length: > 0 } parent)
            query = Guid.TryParse(parent, out var id)
                ? query.Where(one => one.ParentId == id)
                : query.Where(_ => false);
        if (http.Request.Query["level"].ToString() is { Length: > 0 } level)
            query = query.Where(one => one.Level == level);
        var kazakh = Language.Of(http) == Language.Kazakh;
        if (page.Position<Position>() is { } last)
            query = kazakh
                ? query.Where(one =>
                    string.Compare(one.NameKk, last.Name) > 0 || (one.NameKk == last.Name && one.Id > last.Id)
                )
                : query.Where(one =>
                    string.Compare(one.NameRu, last.Name) > 0 || (one.NameRu == last.Name && one.Id > last.Id)
                );
        var rows = await (kazakh ? query.OrderBy(one => one.NameKk) : query.OrderBy(one => one.NameRu))
            .ThenBy(one => one.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var paged = Paged.Of(
            rows,
            page.Limit,
            one => Cursor.Encode(new Position(kazakh ? one.NameKk : one.NameRu, one.Id))
        );
        return TypedResults.Ok(new Paged<OrganisationView>([.. paged.Items.Select(OrganisationView.Of)], paged.Next));
    }
}
