using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Uploads;

/// <summary>
/// How far an upload has come, what comes next, and its end (tus). The step that completes it also judges it, and is
/// refused as a form with that file would be; so is every later question about it.
/// </summary>
public static class ContinueUpload
{
    private const string Path = "{id:guid}/uploads/{uploadId:guid}";

    public static void Map(IEndpointRouteBuilder portfolios)
    {
        portfolios
            .MapMethods(Path, [HttpMethods.Head], HandleHead)
            .WithTus()
            .WithSummary("How far an upload has come (tus)")
            .Produces(StatusCodes.Status200OK);
        portfolios
            .MapPatch(Path, Handle)
            .WithTus()
            .WithSummary("Go on with an upload (tus): Upload-Offset, application/offset+octet-stream")
            .Produces(StatusCodes.Status204NoContent)
            .DisableRequestTimeout();
        portfolios.MapDelete(Path, HandleDelete).WithTus().WithSummary("Give an upload up (tus)");
    }

    public static async Task<NoContent> Handle(
        Guid id,
        Guid uploadId,
        HttpContext http,
        ApplicationsClient applications,
        ResumableUploads uploads,
        CancellationToken ct
    )
    {
        var (access, upload) = await FindAsync(id, uploadId, http, applications, uploads, ct);
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals(Tus.MediaType, StringComparison.OrdinalIgnoreCase)
        )
            throw Problem.With(415, SharedCodes.RequestMediaType);
        var errors = new Errors();
        var offset = Tus.Bytes(http, "Upload-Offset", errors);
        errors.ThrowIfAny();
        uploads.RequireAlive(upload);
        access.RequireAnyOpen();
        if (offset != upload.Received)
            throw Problem.With(409, Codes.UploadOffset, ("offset", upload.Received));
        if (http.Request.ContentLength > upload.Length - upload.Received)
            throw Problem.With(413, SharedCodes.RequestTooLarge);

        Quotas.RequireStep(upload, http.Request.ContentLength);
        await uploads.ReceiveAsync(upload, http.Request.Body, ct);
        if (upload.Received == upload.Length)
            await uploads.FinishAsync(upload, ct);
        Tus.Say(http, upload);
        return TypedResults.NoContent();
    }

    private static async Task<Ok> HandleHead(
        Guid id,
        Guid uploadId,
        HttpContext http,
        ApplicationsClient applications,
        ResumableUploads uploads,
        CancellationToken ct
    )
    {
        var (_, upload) = await FindAsync(id, uploadId, http, applications, uploads, ct);
        uploads.RequireAlive(upload);
        if (upload.Refusal is not null)
            await uploads.FinishAsync(upload, ct);
        Tus.Say(http, upload);
        http.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        if (upload.Metadata is not null)
            http.Response.Headers["Upload-Metadata"] = upload.Metadata;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok();
    }

    /// <summary>From now on it is as one that has run out: the sweeper takes what is kept of it.</summary>
    private static async Task<NoContent> HandleDelete(
        Guid id,
        Guid uploadId,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        ResumableUploads uploads,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (_, upload) = await FindAsync(id, uploadId, http, applications, uploads, ct);
        uploads.RequireAlive(upload);
        var now = clock.Now();
        await db
            .Uploads.Where(row => row.Id == uploadId)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.ExpiresAt, now), ct);
        return TypedResults.NoContent();
    }

    private static async Task<(Internal.ApplicationAccess Access, Upload Upload)> FindAsync(
        Guid id,
        Guid uploadId,
        HttpContext http,
        ApplicationsClient applications,
        ResumableUploads uploads,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        var upload = await uploads.FindAsync(id, uploadId, ct);
        access.RequireOwner();
        Tus.RequireVersion(http);
        return (access, upload);
    }
}
