using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Uploads;

/// <summary>
/// Files that come in pieces. What is kept of one lies in the database and the object storage, so every replica can go
/// on with it, also after a crash; nothing is locked while bytes creep in, and of two who send the same stretch the
/// first one counts.
/// </summary>
public sealed class ResumableUploads(
    PortfolioDb db,
    ObjectStore store,
    PortfolioWriter writer,
    IServiceScopeFactory scopes,
    TimeProvider clock
)
{
    /// <summary>The field of a form that names them.</summary>
    public const string Field = "uploadIds";

    /// <summary>What a crash can cost at most. A smaller last piece grows to this before another begins: small steps
    /// make no small objects.</summary>
    private const int PieceBytes = 1024 * 1024;

    /// <exception cref="Problem">404 not-found</exception>
    public async Task<Upload> FindAsync(Guid applicationId, Guid id, CancellationToken ct) =>
        await db
            .Uploads.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && row.ApplicationId == applicationId, ct)
        ?? throw Problem.NotFound();

    /// <summary>Those that a form names, in its order.</summary>
    /// <exception cref="Problem">400 validation: unknown-key</exception>
    public async Task<IReadOnlyList<Upload>> FindAsync(
        Guid applicationId,
        IReadOnlyList<Guid> ids,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
            return [];
        var found = await db
            .Uploads.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.ApplicationId == applicationId)
            .ToDictionaryAsync(row => row.Id, ct);
        var errors = new Errors();
        if (found.Count < ids.Count)
            errors.Add(Field, FieldCodes.UnknownKey);
        errors.ThrowIfAny();
        return [.. ids.Select(id => found[id])];
    }

    /// <exception cref="Problem">410 upload.expired</exception>
    public void RequireAlive(Upload upload)
    {
        if (upload.ExpiresAt <= clock.Now())
            throw Problem.With(410, Codes.UploadExpired, ("uploadId", upload.Id));
    }

    /// <summary>Keeps what comes, and of what was cut off all that has come.</summary>
    /// <exception cref="Problem">409 upload.offset, 413 request.too-large</exception>
    public async Task ReceiveAsync(Upload upload, Stream body, CancellationToken ct)
    {
        var rented = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var piece = rented.AsMemory(0, PieceBytes);
            var filled = await ReadTailAsync(upload, piece, ct);
            try
            {
                int read;
                while ((read = await body.ReadAsync(piece[filled..], ct)) > 0)
                {
                    filled += read;
                    if (upload.Received / PieceBytes * PieceBytes + filled > upload.Length)
                        throw Problem.With(413, SharedCodes.RequestTooLarge);
                    if (filled < PieceBytes)
                        continue;
                    await KeepAsync(upload, piece[..filled]);
                    filled = 0;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                await KeepAsync(upload, piece[..filled]);
                throw;
            }
            await KeepAsync(upload, piece[..filled]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Judges a whole upload as a form's file is judged, and makes a file of it. Once; again only where a crash or a
    /// storage that was away came in between.
    /// </summary>
    /// <returns>The file's id.</returns>
    /// <exception cref="Problem">415 file.type, 422 file.encrypted, file.infected; 503 service.unavailable</exception>
    public async Task<Guid> FinishAsync(Upload upload, CancellationToken ct)
    {
        if (upload is { FileId: null, Refusal: null })
            await JudgeAsync(upload, ct);
        return upload.FileId ?? throw UploadForm.Refused(upload.Refusal!, ("uploadId", upload.Id));
    }

    /// <summary>The files of a form and of the uploads that it names, stored and judged in the order of the public
    /// contract.</summary>
    /// <exception cref="Problem">410 upload.expired, 409 upload.used, upload.incomplete, then file.*</exception>
    public async Task<IReadOnlyList<PortfolioFile>> TakeInAsync(
        Guid applicationId,
        UploadForm form,
        IReadOnlyList<Upload> named,
        CancellationToken ct
    )
    {
        foreach (var upload in named)
        {
            RequireAlive(upload);
            if (upload.Used)
                throw Problem.With(409, Codes.UploadUsed, ("uploadId", upload.Id));
            if (upload.Received < upload.Length)
                throw Problem.With(409, Codes.UploadIncomplete, ("uploadId", upload.Id));
        }
        form.RequireGoodFiles();
        foreach (var upload in named)
            await FinishAsync(upload, ct);
        var stored = await writer.StoreAsync(applicationId, form.Files, ct);
        var ids = named.Select(upload => upload.FileId!.Value).ToArray();
        var files = await db
            .Files.AsNoTracking()
            .Where(file => ids.Contains(file.Id))
            .ToDictionaryAsync(file => file.Id, ct);
        return [.. stored, .. ids.Select(id => files[id])];
    }

    /// <summary>In the transaction of what uses them: each is used once, whoever else tries at the same time.</summary>
    /// <exception cref="Problem">409 upload.used</exception>
    public async Task UseAsync(IReadOnlyList<Upload> named, CancellationToken ct)
    {
        foreach (var upload in named)
            if (
                await db
                    .Uploads.Where(row => row.Id == upload.Id && !row.Used)
                    .ExecuteUpdateAsync(row => row.SetProperty(one => one.Used, true), ct) == 0
            )
                throw Problem.With(409, Codes.UploadUsed, ("uploadId", upload.Id));
    }

    /// <summary>Bytes of the last piece, where it has room: it is written anew with what comes now.</summary>
    private async Task<int> ReadTailAsync(Upload upload, Memory<byte> piece, CancellationToken ct)
    {
        var size = (int)(upload.Received % PieceBytes);
        if (size == 0)
            return 0;
        var tail = (await PiecesAsync(db, upload, ct))[^1];
        using var stored = await store.OpenAsync(tail.Id, ct) ?? throw Moved(upload);
        return await stored.Content.ReadAtLeastAsync(piece[..size], size, throwOnEndOfStream: true, ct) == size
            ? size
            : throw Moved(upload);
    }

    /// <summary>Past this point the sender's going away must not decide whether it is kept.</summary>
    private async Task KeepAsync(Upload upload, ReadOnlyMemory<byte> bytes)
    {
        var start = upload.Received / PieceBytes * PieceBytes;
        if (start + bytes.Length <= upload.Received)
            return;
        RequireAlive(upload);
        var piece = new UploadPiece
        {
            Id = Guid.CreateVersion7(),
            UploadId = upload.Id,
            Start = start,
        };
        db.UploadPieces.Add(piece);
        await db.SaveChangesAsync(CancellationToken.None);
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        await store.PutAsync(piece.Id, content, "application/octet-stream", CancellationToken.None);
        var (before, now) = (upload.Received, start + bytes.Length);
        await db.InTransactionAsync(
            async () =>
            {
                if (
                    await db
                        .Uploads.Where(row => row.Id == upload.Id && row.Received == before)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(one => one.Received, now)
                                    .SetProperty(one => one.Steps, one => one.Steps + 1),
                            CancellationToken.None
                        ) == 0
                )
                    throw Moved(upload);
                piece.Size = bytes.Length;
                await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None
        );
        upload.Received = now;
        upload.Steps++;
        var replaced = await db
            .UploadPieces.Where(row => row.UploadId == upload.Id && row.Start == start && row.Size < bytes.Length)
            .Select(row => row.Id)
            .ToListAsync(CancellationToken.None);
        await DropAsync(db, store, replaced, CancellationToken.None);
    }

    private async Task JudgeAsync(Upload upload, CancellationToken ct)
    {
        // Not the request's own context: what is found here counts whatever becomes of the request's transaction.
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var pieces = await PiecesAsync(own, upload, ct);
        if (pieces.Sum(piece => piece.Size) == upload.Length)
        {
            var whole = await UploadForm.SpoolAsync(upload.Name, ContentAsync(pieces, ct), ct);
            await using var spool = whole.Content;
            var (file, refusal) = await StoreAsync(upload, whole, ct);
            // Of two who judge it at the same time one file stays, and the sweeper takes the other.
            await own
                .Uploads.Where(row => row.Id == upload.Id && row.FileId == null && row.Refusal == null)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(one => one.FileId, file).SetProperty(one => one.Refusal, refusal),
                    CancellationToken.None
                );
        }
        var judged =
            await own.Uploads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == upload.Id, ct)
            ?? throw Problem.NotFound();
        if (judged is { FileId: null, Refusal: null })
            throw Problem.Unavailable();
        (upload.FileId, upload.Refusal) = (judged.FileId, judged.Refusal);
        await DropAsync(own, store, [.. pieces.Select(piece => piece.Id)], CancellationToken.None);
    }

    private async Task<(Guid? File, string? Refusal)> StoreAsync(
        Upload upload,
        UploadedFile whole,
        CancellationToken ct
    )
    {
        if (whole.Refusal is not null)
            return (null, whole.Refusal);
        try
        {
            return ((await writer.StoreAsync(upload.ApplicationId, [whole], ct))[0].Id, null);
        }
        catch (Problem refused) when (refused.Code == SharedCodes.FileInfected)
        {
            return (null, refused.Code);
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentAsync(
        IReadOnlyList<UploadPiece> pieces,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = new byte[64 * 1024];
        foreach (var piece in pieces)
        {
            // Another replica has just judged it, and let its pieces go.
            using var stored = await store.OpenAsync(piece.Id, ct) ?? throw Problem.Unavailable();
            int read;
            while ((read = await stored.Content.ReadAsync(buffer, ct)) > 0)
                yield return buffer.AsMemory(0, read);
        }
    }

    /// <summary>In order. Where a piece was written anew and its old form is still there, the longer one
    /// counts.</summary>
    private static async Task<IReadOnlyList<UploadPiece>> PiecesAsync(
        PortfolioDb db,
        Upload upload,
        CancellationToken ct
    ) =>
        [
            .. (
                await db
                    .UploadPieces.AsNoTracking()
                    .Where(row => row.UploadId == upload.Id && row.Size != null)
                    .ToListAsync(ct)
            )
                .GroupBy(piece => piece.Start)
                .OrderBy(group => group.Key)
                .Select(group => group.MaxBy(piece => piece.Size)!),
        ];

    /// <summary>The object goes before its row.</summary>
    public static async Task DropAsync(
        PortfolioDb db,
        ObjectStore store,
        IReadOnlyList<Guid> pieces,
        CancellationToken ct
    )
    {
        foreach (var id in pieces)
            await store.DeleteAsync(id, ct);
        await db.UploadPieces.Where(row => pieces.Contains(row.Id)).ExecuteDeleteAsync(ct);
    }

    private static Problem Moved(Upload upload) => Problem.With(409, Codes.UploadOffset, ("uploadId", upload.Id));
}
