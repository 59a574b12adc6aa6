using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Snapshots;

/// <summary>
/// A move of the application asks for the portfolio's facts. From then on nobody writes on older knowledge, and what
/// was frozen for a submission is kept as it is (docs/decisions).
/// </summary>
public static class FreezePortfolio
{
    public static void Map(IEndpointRouteBuilder @internal) => @internal.MapPost("portfolios/{id:guid}/freeze", Handle);

    public static async Task<Ok<PortfolioFacts>> Handle(
        Guid id,
        PortfolioFreeze freeze,
        PortfolioDb db,
        Catalogue catalogue,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await Fence.FreezeAsync(
                db,
                id,
                freeze.Version,
                freeze.SnapshotId,
                async () =>
                {
                    var state = await db.StateAsync(id, catalogue.For(freeze), ct);
                    if (
                        freeze.Move == FreezingMoves.Submit
                        && await db.Snapshots.FindAsync([freeze.SnapshotId], ct) is null
                    )
                        db.Snapshots.Add(
                            new Snapshot
                            {
                                SnapshotId = freeze.SnapshotId,
                                ApplicationId = id,
                                Submission = freeze.Submission,
                                Content = JsonSerializer.Serialize(
                                    PortfolioView.Of(id, state, locked: true),
                                    Json.Options
                                ),
                                FileIds = [.. state.Files.Keys],
                            }
                        );
                    return FactsOf(state, freeze);
                },
                ct
            )
        );

    private static PortfolioFacts FactsOf(PortfolioState state, PortfolioFreeze freeze)
    {
        var missing = state.Missing;
        return new(
            missing.Count == 0,
            missing,
            state.Unchanged(freeze.ReturnedBlocks),
            state.Returned,
            state.NotReviewed,
            state.NotScanned,
            [
                .. state.Entries.Select(entry => new SubmittedEntry(
                    entry.Block,
                    entry.Id,
                    entry.Fields,
                    [
                        .. state
                            .FilesOf(entry)
                            .Select(file => new SubmittedFile(
                                file.Id,
                                file.Name,
                                file.ContentType,
                                file.Size,
                                file.Sha256
                            )),
                    ]
                )),
            ],
            [
                .. state
                    .Reviews.Where(review => review.Submission == freeze.Submission)
                    .GroupBy(review => review.Block)
                    .Select(group => group.MaxBy(review => review.Version)!)
                    .Select(review => new BlockReview(
                        review.Block,
                        review.Verdict == Verdict.Accepted ? "accepted" : "returned",
                        review.Comment,
                        review.At,
                        review.ById
                    )),
            ]
        );
    }
}
