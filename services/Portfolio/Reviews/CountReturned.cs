using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Reviews;

/// <summary>For a list of applications: how many returned blocks of each its teacher has not mended yet. One query,
/// however long the list.</summary>
public static class CountReturned
{
    public static void Map(IEndpointRouteBuilder @internal) => @internal.MapPost("portfolios/returned", Handle);

    public static async Task<Ok<Dictionary<Guid, int>>> Handle(
        ReturnedQuery[] asked,
        PortfolioDb db,
        CancellationToken ct
    )
    {
        var ids = asked.Select(application => application.Id).ToArray();
        var reviews = await db
            .Reviews.AsNoTracking()
            .Where(review => ids.Contains(review.ApplicationId))
            .Select(review => new
            {
                Review = review,
                BlockChangedAt = db
                    .BlockChanges.Where(change =>
                        change.ApplicationId == review.ApplicationId && change.Block == review.Block
                    )
                    .Select(change => (int?)change.Version)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        var last = reviews
            .GroupBy(row => (row.Review.ApplicationId, row.Review.Block))
            .ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Review.Version)!);
        return TypedResults.Ok(
            asked.ToDictionary(
                application => application.Id,
                application =>
                    application.ReturnedBlocks.Count(block =>
                        last.TryGetValue((application.Id, block), out var row)
                        && row.Review.Verdict == Verdict.Returned
                        && !row.Review.IsMended(application.EditVersion, row.BlockChangedAt)
                    )
            )
        );
    }
}
