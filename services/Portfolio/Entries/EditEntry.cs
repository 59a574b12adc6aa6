using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

public static class EditEntry
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios
            .MapPut("{id:guid}/blocks/{block}/entries/{entryId:guid}", Handle)
            .WithSummary("Change an entry and its files");

    public static async Task<Ok<EntryView>> Handle(
        Guid id,
        string block,
        Guid entryId,
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
        var held =
            await db
                .Entries.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == entryId && row.ApplicationId == id && row.Block == block, ct)
            ?? throw Problem.NotFound();
        access.RequireOwner();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var sent = EntryForm.Check(definition, form, held.FileIds);
        var named = await uploads.FindAsync(id, sent.UploadIds, ct);
        var version = http.RequiredVersion();
        Versions.RequireVersion(version, held.Version);
        RequireOpen(access);
        var files = await uploads.TakeInAsync(id, form, named, ct);

        var view = await writer.WriteAsync(
            access,
            RequireOpen,
            async _ =>
            {
                var entry =
                    await db.Entries.SingleOrDefaultAsync(row => row.Id == entryId && row.ApplicationId == id, ct)
                    ?? throw Problem.NotFound();
                Versions.RequireVersion(version, entry.Version);
                await writer.DetachAsync(entry.FileIds.Except(sent.KeepFiles), ct);
                await uploads.UseAsync(named, ct);
                await writer.AttachAsync(files, ct);
                entry.Fields = sent.Fields;
                entry.FileIds = [.. sent.KeepFiles, .. files.Select(file => file.Id)];
                entry.Version++;
                await db.RaiseVersionAsync(id, block, ct);
                var kept = await db
                    .Files.AsNoTracking()
                    .Where(file => sent.KeepFiles.Contains(file.Id))
                    .ToListAsync(ct);
                return EntryView.Of(
                    entry,
                    entry.FileIds.Select(file => kept.Concat(files).First(one => one.Id == file))
                );
            },
            ct
        );
        http.SetVersion(view.Version);
        return TypedResults.Ok(view);

        void RequireOpen(ApplicationAccess judged) =>
            EntryRules.RequireOpen(judged, catalogue.For(judged.Facts), definition);
    }
}
