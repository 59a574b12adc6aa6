using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

public static class AddEntry
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios
            .MapPost("{id:guid}/blocks/{block}/entries", Handle)
            .WithSummary("Add an entry to a block")
            .Produces<EntryView>(StatusCodes.Status201Created)
            .DisableRequestTimeout();

    public static async Task<IResult> Handle(
        Guid id,
        string block,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        Catalogue catalogue,
        PortfolioWriter writer,
        ResumableUploads uploads,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        var definition = catalogue.For(access.Facts).RequireBlock(block);
        access.RequireOwner();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var sent = EntryForm.Check(definition, form, held: null);
        return await Idempotency.OnceAsync(
            http,
            form.Fingerprint,
            async () =>
            {
                var named = await uploads.FindAsync(id, sent.UploadIds, ct);
                RequireOpen(access);
                await RequireRoomAsync();
                var files = await uploads.TakeInAsync(id, form, named, ct);
                var entry = await writer.WriteAsync(
                    access,
                    RequireOpen,
                    async _ =>
                    {
                        await RequireRoomAsync();
                        var added = new Entry
                        {
                            ApplicationId = id,
                            Block = block,
                            Fields = sent.Fields,
                            FileIds = [.. files.Select(file => file.Id)],
                        };
                        db.Entries.Add(added);
                        await uploads.UseAsync(named, ct);
                        await writer.AttachAsync(files, ct);
                        await db.RaiseVersionAsync(id, block, ct);
                        return added;
                    },
                    ct
                );
                http.SetVersion(entry.Version);
                return TypedResults.Created(
                    $"/api/portfolios/{id}/blocks/{block}/entries/{entry.Id}",
                    EntryView.Of(entry, files)
                );
            }
        );

        void RequireOpen(ApplicationAccess judged) =>
            EntryRules.RequireOpen(judged, catalogue.For(judged.Facts), definition);

        async Task RequireRoomAsync() =>
            EntryRules.RequireRoom(
                definition,
                await db.Entries.CountAsync(entry => entry.ApplicationId == id && entry.Block == block, ct)
            );
    }
}
