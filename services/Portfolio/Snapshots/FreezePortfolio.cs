using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Snapshots;

/// <summary>
/// A move of the application asks for the portfolio's facts. From then on nobody writes on older knowledge, and what was
/// frozen for a submission is kept as it is (docs/decisions).
/// </summary>
public static class FreezePortfolio
{
    public static void Map(IEndpointRouteBuilder @internal)
    {
        @internal.MapPost("portfolios/{id:guid}/freeze", Handle);
        @internal.MapPost("portfolios/returned", HandleReturned);
        @internal.MapPost("portfolios/{id:guid}/returned-blocks", HandleReturnedBlocks);
    }

    public static async Task<Ok<PortfolioFacts>> Handle(Guid id, PortfolioFreeze freeze, PortfolioDb db, CancellationToken ct) =>
        TypedResults.Ok(await Fence.FreezeAsync(db, id, freeze.Version, freeze.SnapshotId, async () =>
        {
            var claim = new Claim(freeze.FilingDate, freeze.ClaimedCategory, freeze.CurrentCategory, freeze.EditVersion);
            var state = await db.StateAsync(id, claim, ct);
            if (freeze.Move == FreezingMoves.Submit && await db.Snapshots.FindAsync([freeze.SnapshotId], ct) is null)
                db.Snapshots.Add(new Snapshot
                {
                    SnapshotId = freeze.SnapshotId,
                    ApplicationId = id,
                    Submission = freeze.Submission,
                    Content = JsonSerializer.Serialize(PortfolioView.Of(id, state, locked: true), Json.Options),
                    FileIds = [.. state.Files.Keys],
                });
            return FactsOf(state, freeze);
        }, ct));

    public static async Task<Ok<Dictionary<Guid, int>>> HandleReturned(ReturnedQuery[] asked, PortfolioDb db, CancellationToken ct)
    {
        var counts = new Dictionary<Guid, int>();
        foreach (var one in asked)
        {
            // Which blocks there are does not matter here: those asked for are named.
            var claim = new Claim(DateOnly.MaxValue, "", null, one.EditVersion);
            counts[one.Id] = (await db.StateAsync(one.Id, claim, ct)).Unchanged(one.ReturnedBlocks).Count;
        }
        return TypedResults.Ok(counts);
    }

    /// <summary>What a return made now would name, without freezing anything.</summary>
    public static async Task<Ok<IReadOnlyList<string>>> HandleReturnedBlocks(
        Guid id, ReturnedBlocksQuery asked, PortfolioDb db, CancellationToken ct)
    {
        var claim = new Claim(asked.FilingDate, asked.ClaimedCategory, asked.CurrentCategory, asked.EditVersion);
        return TypedResults.Ok((await db.StateAsync(id, claim, ct)).Returned);
    }

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
            [.. state.Entries.Select(entry => new SubmittedEntry(entry.Block, entry.Id, entry.Fields,
                [.. state.FilesOf(entry).Select(file => new SubmittedFile(file.Id, file.Name, file.ContentType, file.Size, file.Sha256))]))],
            [.. state.Reviews.Where(review => review.Submission == freeze.Submission).GroupBy(review => review.Block)
                .Select(group => group.MaxBy(review => review.Version)!)
                .Select(review => new BlockReview(
                    review.Block, review.Verdict == Verdict.Accepted ? "accepted" : "returned", review.Comment, review.At, review.ById))]);
    }
}
