using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Uploads;

/// <summary>Begins a file that comes in pieces (tus). The file goes into an entry by its id, as a part of a form
/// would.</summary>
public static class CreateUpload
{
    public static void Map(IEndpointRouteBuilder portfolios)
    {
        portfolios
            .MapPost("{id:guid}/uploads", Handle)
            .WithTus()
            .WithIdempotency()
            .WithSummary("Begin a resumable upload (tus): Upload-Length, Upload-Metadata filename")
            .Produces<UploadView>(StatusCodes.Status201Created);
        foreach (var path in (string[])["{id:guid}/uploads", "{id:guid}/uploads/{uploadId:guid}"])
            portfolios
                .MapMethods(path, [HttpMethods.Options], HandleOptions)
                .WithTus()
                .WithSummary("What of tus is spoken")
                .Produces(StatusCodes.Status204NoContent);
    }

    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        access.RequireOwner();
        Tus.RequireVersion(http);
        var errors = new Errors();
        var length = Tus.Bytes(http, "Upload-Length", errors);
        var (metadata, name) = Tus.Metadata(http, errors);
        errors.ThrowIfAny();
        access.RequireAnyOpen();
        if (length is 0 or > UploadForm.MaxFileBytes)
            throw UploadForm.Refused(length == 0 ? SharedCodes.FileEmpty : SharedCodes.FileTooLarge);

        var now = clock.Now();
        await Quotas.RequireUploadAsync(db, id, now, ct);
        await Quotas.RequireRoomAsync(db, id, length, ct);
        var upload = new Upload
        {
            Id = Guid.CreateVersion7(now),
            ApplicationId = id,
            Name = name,
            Metadata = metadata,
            Length = length,
            ExpiresAt = now + Upload.LivesFor,
        };
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(ct);
        Tus.Say(http, upload);
        return TypedResults.Created($"/api/portfolios/{id}/uploads/{upload.Id}", UploadView.Of(upload));
    }

    private static NoContent HandleOptions(HttpContext http)
    {
        Tus.SayCapabilities(http);
        return TypedResults.NoContent();
    }
}

/// <summary>The public shape of a file that is coming in.</summary>
public sealed record UploadView(Guid Id, string Name, long Length, long Offset, DateTimeOffset ExpiresAt)
{
    public static UploadView Of(Upload upload) =>
        new(upload.Id, upload.Name, upload.Length, upload.Received, upload.ExpiresAt);
}
