using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Views;

namespace PedAtt.Applications.Features;

/// <summary>One's own applications and the queues of one's roles, longest in their status first.</summary>
public static class ListApplications
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapGet("", Handle).WithSummary("Own applications, and the queues of one's roles (?overdue=true: what the state service should have answered)");

    public static async Task<Ok<Paged<ApplicationView>>> Handle(
        HttpContext http, ApplicationsDb db, Listing listing, CancellationToken ct)
    {
        var page = PageRequest.From(http);
        var after = page.Position<QueuePosition>();
        var filter = await listing.FilterAsync(http, ct);
        var rows = filter is null ? [] : await db.PageAsync(listing.Queues, filter, after, page.Limit + 1, ct);
        var positions = Paged.Of(rows, page.Limit, Cursor.Encode);
        return TypedResults.Ok(new Paged<ApplicationView>(
            await listing.ShowAsync([.. positions.Items.Select(position => position.Id)], ct), positions.Next));
    }
}
