using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

public static class AddEntry
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios.MapPost("{id:guid}/blocks/{block}/entries", Handle).WithSummary("Add an entry to a block")
            .Produces<EntryView>(StatusCodes.Status201Created).DisableRequestTimeout();

    public static async Task<IResult> Handle(
        Guid id, string block, HttpContext http, PortfolioDb db, ApplicationsClient applications, PortfolioWriter writer, ResumableUploads uploads,
        CancellationToken ct)
    {
        var access = await applications.AccessAsync(id, ct);
        var definition = EntryRules.Block(access, block);
        access.RequireOwner();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var sent = EntryForm.Check(definition, form, held: null);
        return await Idempotency.OnceAsync(http, form.Fingerprint, async () =>
        {
            var named = await uploads.FindAsync(id, sent.UploadIds, ct);
            var now = await db.StateAsync(id, access.Facts.Claim(), ct);
            EntryRules.RequireOpen(access, definition, now);
            EntryRules.RequireRoom(definition, now);
            var files = await uploads.TakeInAsync(id, form, named, ct);
            var entry = await writer.WriteAsync(id, judged => judged.RequireOpen(block), async (judged, state) =>
            {
                EntryRules.RequireOpen(judged, definition, state);
                EntryRules.RequireRoom(definition, state);
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
            }, ct);
            http.SetVersion(entry.Version);
            return TypedResults.Created($"/api/portfolios/{id}/blocks/{block}/entries/{entry.Id}", EntryView.Of(entry, files));
        });
    }
}
