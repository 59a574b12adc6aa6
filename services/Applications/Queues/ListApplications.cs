using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Queues;

/// <summary>One's own applications and the queues of one's roles, longest in their status first.</summary>
public static class ListApplications
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapGet("", Handle)
            .WithSummary(
                "Own applications, and the queues of one's roles (?overdue=true: what the state service should have answered)"
            );

    public static async Task<Ok<Paged<ApplicationView>>> Handle(
        HttpContext http,
        ApplicationsDb db,
        QueueReader queues,
        CancellationToken ct
    )
    {
        var page = PageRequest.From(http);
        var after = page.Position<QueuePosition>();
        var filter = await queues.FilterAsync(http, ct);
        var rows = filter is null ? [] : await db.PageAsync(queues.Worklists, filter, after, page.Limit + 1, ct);
        var positions = Paged.Of(rows, page.Limit, Cursor.Encode);
        return TypedResults.Ok(
            new Paged<ApplicationView>(
                await queues.ShowAsync([.. positions.Items.Select(position => position.Id)], ct),
                positions.Next
            )
        );
    }
}
