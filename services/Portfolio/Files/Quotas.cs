using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Files;

/// <summary>How much one application may hold: far more than any portfolio needs, and little enough that nobody fills
/// the storage.</summary>
public static class Quotas
{
    /// <summary>All files together, those included that were replaced within the last day or that a submission
    /// names.</summary>
    public const long MaxBytes = 1024L * 1024 * 1024;

    public const int MaxEntries = 50;

    /// <summary>Begun and not yet used. A page sends three at a time.</summary>
    public const int MaxUploads = 40;

    /// <summary>Of an upload's steps, but for the last and for the first <see cref="FreeSteps"/>: who has a bad line
    /// sends small ones now and then.</summary>
    public const long SmallestStep = 64 * 1024;

    public const int FreeSteps = 100;

    /// <exception cref="Problem">409 portfolio.full</exception>
    public static async Task RequireRoomAsync(PortfolioDb db, Guid applicationId, long bytes, CancellationToken ct)
    {
        if (
            await db.Files.Where(file => file.ApplicationId == applicationId).SumAsync(file => file.Size, ct) + bytes
            > MaxBytes
        )
            throw Problem.With(409, Codes.PortfolioFull);
    }

    /// <exception cref="Problem">409 upload.too-many</exception>
    public static async Task RequireUploadAsync(
        PortfolioDb db,
        Guid applicationId,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (
            await db.Uploads.CountAsync(
                upload => upload.ApplicationId == applicationId && !upload.Used && upload.ExpiresAt > now,
                ct
            ) >= MaxUploads
        )
            throw Problem.With(409, Codes.UploadTooMany);
    }

    /// <exception cref="Problem">400 upload.step-too-small</exception>
    public static void RequireStep(Upload upload, long? bytes)
    {
        var isSmall = bytes is null || (bytes < SmallestStep && upload.Received + bytes < upload.Length);
        if (isSmall && upload.Steps >= FreeSteps + (upload.Received / SmallestStep))
            throw Problem.With(400, Codes.UploadStepTooSmall);
    }
}
