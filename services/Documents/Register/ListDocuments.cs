using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

public static class ListDocuments
{
    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapGet("applications/{applicationId:guid}", Handle)
            .WithSummary("An application's documents, oldest first");

    public static async Task<Ok<Paged<DocumentView>>> Handle(
        Guid applicationId,
        HttpContext http,
        DocumentsDb db,
        ApplicationsClient applications,
        VerifyLinks links,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(applicationId, ct);
        var page = PageRequest.From(http);
        var query = db
            .Documents.AsNoTracking()
            .Include(one => one.Signatures)
            .Where(one => one.ApplicationId == applicationId);
        if (page.Position<Tuple<Guid>>() is { } last)
            query = query.Where(one => one.Id > last.Item1);
        var rows = await query.OrderBy(one => one.Id).Take(page.Limit + 1).ToListAsync(ct);
        var paged = Paged.Of(rows, page.Limit, one => Cursor.Encode(Tuple.Create(one.Id)));
        await db.NoteReadingAsync(access, user, "document", applicationId, clock, ct);
        return TypedResults.Ok(
            new Paged<DocumentView>(
                [
                    .. paged
                        .Items.Where(one => DocumentRegister.IsShown(one, access))
                        .Select(one => DocumentView.Of(one, access.Facts, links)),
                ],
                paged.Next
            )
        );
    }
}
