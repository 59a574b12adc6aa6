using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Entries;

public static class DeleteEntry
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios
            .MapDelete("{id:guid}/blocks/{block}/entries/{entryId:guid}", Handle)
            .WithSummary("Take an entry out of a block");

    public static async Task<NoContent> Handle(
        Guid id,
        string block,
        Guid entryId,
        PortfolioDb db,
        ApplicationsClient applications,
        Catalogue catalogue,
        PortfolioWriter writer,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        catalogue.For(access.Facts).RequireBlock(block);
        if (!await db.Entries.AnyAsync(row => row.Id == entryId && row.ApplicationId == id && row.Block == block, ct))
            throw Problem.NotFound();
        access.RequireOwner();
        await writer.WriteAsync(
            access,
            judged => judged.RequireOpen(block),
            async _ =>
            {
                var entry =
                    await db.Entries.SingleOrDefaultAsync(row => row.Id == entryId && row.ApplicationId == id, ct)
                    ?? throw Problem.NotFound();
                db.Entries.Remove(entry);
                await writer.DetachAsync(entry.FileIds, ct);
                return await db.RaiseVersionAsync(id, block, ct);
            },
            ct
        );
        return TypedResults.NoContent();
    }
}
