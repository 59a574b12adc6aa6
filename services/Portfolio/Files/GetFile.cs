using Microsoft.AspNetCore.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PedAtt.Internal;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Files;

public static class GetFile
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios.MapGet("{id:guid}/files/{fileId:guid}", Handle).WithSummary("A file's bytes, with Range");

    public static async Task<IResult> Handle(
        Guid id,
        Guid fileId,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        ObjectStore store,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        var file = await db
            .Files.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == fileId && row.ApplicationId == id, ct);
        if (file is null || file.IsRefused || !await IsHeldAsync(db, file, ct))
            throw Problem.NotFound();
        if (file.Scan == ScanState.Pending && !access.IsOwner)
            throw Problem.With(409, SharedCodes.FileNotScanned);
        await db.NoteReadingAsync(access, user, "file", fileId, clock, ct);
        return await SendAsync(http, store, file, ct);
    }

    /// <summary>By an entry now, or by something that was submitted.</summary>
    private static async Task<bool> IsHeldAsync(PortfolioDb db, PortfolioFile file, CancellationToken ct) =>
        file.UnreferencedSince is null
        || await db.Snapshots.AnyAsync(
            row => row.ApplicationId == file.ApplicationId && row.FileIds.Contains(file.Id),
            ct
        );

    private static async Task<IResult> SendAsync(
        HttpContext http,
        ObjectStore store,
        PortfolioFile file,
        CancellationToken ct
    )
    {
        var (from, length) = Range(http.Request.GetTypedHeaders(), file.Size);
        var headers = http.Response.Headers;
        if (from is null)
        {
            headers.ContentRange = $"bytes */{file.Size}";
            return TypedResults.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
        }
        using var stored =
            await store.OpenAsync(file.Id, ct, from.Value, length == file.Size ? null : length)
            ?? throw Problem.NotFound();
        var inline =
            file.Scan == ScanState.Clean
            && string.Equals(http.Request.Query["inline"], "true", StringComparison.OrdinalIgnoreCase);
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(FileNames.Served(file.Name, file.ContentType));
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
        headers.AcceptRanges = "bytes";
        if (length != file.Size)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = $"bytes {from}-{from + length - 1}/{file.Size}";
        }
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = length;
        if (length != file.Size)
            await stored.Content.CopyToAsync(http.Response.Body, ct);
        else if (!await CheckedCopy.CopyAsync(stored.Content, http.Response.Body, file.Sha256, ct))
        {
            Log(http).LogCritical("The stored file {File} is not what was brought: its hash differs", file.Id);
            http.Abort();
        }
        return Results.Empty;

        static ILogger Log(HttpContext http) =>
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GetFile).FullName!);
    }

    /// <summary>One range, or the whole where none or several are asked for; null where it lies behind the file's
    /// end.</summary>
    private static (long? From, long Length) Range(RequestHeaders headers, long size)
    {
        if (headers.Range is not { Unit.Value: "bytes", Ranges.Count: 1 } range)
            return (0, size);
        var asked = range.Ranges.Single();
        if (asked.From is null)
        {
            var last = Math.Min(asked.To ?? 0, size);
            return last == 0 ? (null, 0) : (size - last, last);
        }
        return asked.From >= size
            ? (null, 0)
            : (asked.From, Math.Min(asked.To ?? (size - 1), size - 1) - asked.From.Value + 1);
    }
}
