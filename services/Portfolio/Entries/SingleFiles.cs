using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

/// <summary>The scan of the ID card, which every portfolio needs, and the photo, which none does.</summary>
public static class SingleFiles
{
    public static void Map(IEndpointRouteBuilder portfolios)
    {
        foreach (var block in new[] { Catalogue.IdentityCard, Catalogue.Photo })
        {
            portfolios
                .MapPut(
                    $"{{id:guid}}/{block}",
                    (
                        Guid id,
                        HttpContext http,
                        PortfolioDb db,
                        ApplicationsClient applications,
                        PortfolioWriter writer,
                        ResumableUploads uploads,
                        CancellationToken ct
                    ) => PutAsync(id, block, http, db, applications, writer, uploads, ct)
                )
                .WithSummary($"Attach or replace: {block}");
            portfolios
                .MapDelete(
                    $"{{id:guid}}/{block}",
                    (
                        Guid id,
                        PortfolioDb db,
                        ApplicationsClient applications,
                        PortfolioWriter writer,
                        CancellationToken ct
                    ) => DeleteAsync(id, block, db, applications, writer, ct)
                )
                .WithSummary($"Take away: {block}");
        }
    }

    private static async Task<Ok<FileView>> PutAsync(
        Guid id,
        string block,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        PortfolioWriter writer,
        ResumableUploads uploads,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        access.RequireOwner();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var errors = new Errors();
        var ids = EntryForm.IdsOf(form.Fields, ResumableUploads.Field, errors);
        var count = form.Files.Count + ids.Length;
        if (count != 1)
            errors.Add("file", count == 0 ? FieldCodes.Required : FieldCodes.FilesTooMany);
        errors.ThrowIfAny();
        var named = await uploads.FindAsync(id, ids, ct);
        access.RequireOpen(block);
        var files = await uploads.TakeInAsync(id, form, named, ct);

        await writer.WriteAsync(
            access,
            judged => judged.RequireOpen(block),
            async _ =>
            {
                var entry = await db.Entries.SingleOrDefaultAsync(
                    row => row.ApplicationId == id && row.Block == block,
                    ct
                );
                if (entry is null)
                    db.Entries.Add(
                        new Entry
                        {
                            ApplicationId = id,
                            Block = block,
                            Fields = new Dictionary<string, JsonElement>(),
                            FileIds = [files[0].Id],
                        }
                    );
                else
                {
                    await writer.DetachAsync(entry.FileIds, ct);
                    entry.FileIds = [files[0].Id];
                    entry.Version++;
                }
                await uploads.UseAsync(named, ct);
                await writer.AttachAsync(files, ct);
                return await db.RaiseVersionAsync(id, Reviewed(block), ct);
            },
            ct
        );
        return TypedResults.Ok(FileView.Of(files[0]));
    }

    private static async Task<NoContent> DeleteAsync(
        Guid id,
        string block,
        PortfolioDb db,
        ApplicationsClient applications,
        PortfolioWriter writer,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        if (!await db.Entries.AnyAsync(row => row.ApplicationId == id && row.Block == block, ct))
            throw Problem.NotFound();
        access.RequireOwner();
        await writer.WriteAsync(
            access,
            judged => judged.RequireOpen(block),
            async _ =>
            {
                var entry =
                    await db.Entries.SingleOrDefaultAsync(row => row.ApplicationId == id && row.Block == block, ct)
                    ?? throw Problem.NotFound();
                db.Entries.Remove(entry);
                await writer.DetachAsync(entry.FileIds, ct);
                return await db.RaiseVersionAsync(id, Reviewed(block), ct);
            },
            ct
        );
        return TypedResults.NoContent();
    }

    /// <summary>The photo follows the ID card: a comment on either is mended by changing either.</summary>
    private static string Reviewed(string block) => block == Catalogue.Photo ? Catalogue.IdentityCard : block;
}
