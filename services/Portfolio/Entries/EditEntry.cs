using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

public static class EditEntry
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios.MapPut("{id:guid}/blocks/{block}/entries/{entryId:guid}", Handle).WithSummary("Change an entry and its files");

    public static async Task<Ok<EntryView>> Handle(
        Guid id, string block, Guid entryId, HttpContext http, PortfolioDb db, ApplicationsClient applications, PortfolioWriter writer, ResumableUploads uploads,
        CancellationToken ct)
    {
        var access = await applications.AccessAsync(id, ct);
        var definition = EntryRules.Block(access, block);
        var now = await db.StateAsync(id, access.Facts.Claim(), ct);
        var held = now.EntriesOf(block).FirstOrDefault(entry => entry.Id == entryId) ?? throw Problem.NotFound();
        access.RequireOwner();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var sent = EntryForm.Check(definition, form, held.FileIds);
        var named = await uploads.FindAsync(id, sent.UploadIds, ct);
        var version = http.RequiredVersion();
        Versions.RequireVersion(version, held.Version);
        EntryRules.RequireOpen(access, definition, now);
        var files = await uploads.TakeInAsync(id, form, named, ct);

        var view = await writer.WriteAsync(id, judged => judged.RequireOpen(block), async (judged, state) =>
        {
            EntryRules.RequireOpen(judged, definition, state);
            var entry = await db.Entries.SingleOrDefaultAsync(row => row.Id == entryId && row.ApplicationId == id, ct)
                ?? throw Problem.NotFound();
            Versions.RequireVersion(version, entry.Version);
            await writer.DetachAsync(entry.FileIds.Except(sent.KeepFiles), ct);
            await uploads.UseAsync(named, ct);
            await writer.AttachAsync(files, ct);
            entry.Fields = sent.Fields;
            entry.FileIds = [.. sent.KeepFiles, .. files.Select(file => file.Id)];
            entry.Version++;
            await db.RaiseVersionAsync(id, block, ct);
            return EntryView.Of(entry, entry.FileIds.Select(file => state.Files.GetValueOrDefault(file) ?? files.First(one => one.Id == file)));
        }, ct);
        http.SetVersion(view.Version);
        return TypedResults.Ok(view);
    }
}
