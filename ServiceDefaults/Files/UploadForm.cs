using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>A received file, spooled to disk until its form is disposed of: nothing holds a whole file in
/// memory.</summary>
/// <param name="ContentType">By its content; null where it is none of the three that are accepted.</param>
/// <param name="Refusal">The first of file.empty, file.too-large and the codes of <see cref="FileContent"/> that it
/// earns, or null.</param>
public sealed record UploadedFile(
    string Name,
    string? ContentType,
    long Size,
    string Sha256,
    string? Refusal,
    FileStream Content
)
{
    /// <summary>A PDF that runs scripts or carries other files.</summary>
    public bool Active { get; init; }
}

/// <summary>
/// A multipart/form-data request: a part <c>fields</c> (JSON) and parts <c>file</c>. Reading it refuses only what
/// concerns the request; a bad file is refused later (<see cref="RequireGoodFiles"/>), after the rules that come before
/// it.
/// </summary>
public sealed class UploadForm : IAsyncDisposable
{
    public const long MaxFileBytes = 20 * 1024 * 1024;
    public const long MaxRequestBytes = 60 * 1024 * 1024;
    public const int MaxFiles = 10;

    private const int MaxFieldsBytes = 1024 * 1024;

    /// <summary>The order in which refusals are decided, over all files, with their status.</summary>
    private static readonly (string Code, int Status)[] Refusals =
    [
        (SharedCodes.FileEmpty, 422),
        (SharedCodes.FileTooLarge, 413),
        (SharedCodes.FileType, 415),
        (SharedCodes.FileEncrypted, 422),
        (SharedCodes.FileDamaged, 422),
        (SharedCodes.FileTooManyPixels, 422),
        (SharedCodes.FileUnsafe, 422),
        (SharedCodes.FileInfected, 422),
    ];

    private readonly List<UploadedFile> files = [];
    private byte[] fieldBytes = [];

    private UploadForm() { }

    /// <summary>The JSON object of the part <c>fields</c>, an empty one where there was none.</summary>
    public JsonElement Fields { get; private set; } = JsonSerializer.SerializeToElement(new { });

    public IReadOnlyList<UploadedFile> Files => files;

    /// <summary>What a repeated Idempotency-Key is compared by.</summary>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(SHA256.HashData(fieldBytes));
            foreach (var file in files)
                hash.AppendData(Convert.FromHexString(file.Sha256));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <exception cref="Problem">415 request.media-type, 413 request.too-large, 400 request.malformed</exception>
    public static async Task<UploadForm> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
            throw Problem.With(415, SharedCodes.RequestMediaType);
        if (http.Request.ContentLength > MaxRequestBytes)
            throw Problem.With(413, SharedCodes.RequestTooLarge);

        var form = new UploadForm();
        try
        {
            await form.ReadPartsAsync(
                new MultipartReader(boundary, http.Request.Body) { BodyLengthLimit = MaxRequestBytes },
                ct
            );
            return form;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            await form.DisposeAsync();
            throw Problem.With(400, SharedCodes.RequestMalformed);
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="Problem">422 file.empty, 413 file.too-large, 415 file.type, 422 file.encrypted, file.damaged,
    /// file.too-many-pixels, file.unsafe</exception>
    public void RequireGoodFiles()
    {
        foreach (var (code, status) in Refusals)
        {
            if (files.Any(file => file.Refusal == code))
                throw Problem.With(status, code);
        }
    }

    /// <summary>The refusal of one file, with its status.</summary>
    public static Problem Refused(string code, params (string Key, object Value)[] facts) =>
        Problem.With(Refusals.First(one => one.Code == code).Status, code, facts);

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files)
            await file.Content.DisposeAsync();
    }

    private async Task ReadPartsAsync(MultipartReader reader, CancellationToken ct)
    {
        long total = 0;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                continue;
            switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
            {
                case "fields":
                    await ReadFieldsAsync(section.Body, ct);
                    total += fieldBytes.Length;
                    break;
                case "file" when files.Count == MaxFiles:
                    throw Problem.With(413, SharedCodes.RequestTooLarge);
                case "file":
                    var name = HeaderUtilities.RemoveQuotes(
                        disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName
                    );
                    files.Add(await SpoolAsync(FileNames.Clean(name.Value), ReadAsync(section.Body, total, ct), ct));
                    total += files[^1].Size;
                    break;
            }
        }
    }

    private async Task ReadFieldsAsync(Stream body, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > MaxFieldsBytes)
                throw Problem.With(413, SharedCodes.RequestTooLarge);
            buffer.Write(chunk, 0, read);
        }
        fieldBytes = buffer.ToArray();
        using var document = JsonDocument.Parse(fieldBytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Problem.With(400, SharedCodes.RequestMalformed);
        Fields = document.RootElement.Clone();
    }

    /// <summary>A file that only this process can open, and that is gone when it is closed.</summary>
    private static FileStream OpenSpool()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>A part's bytes, counted on to the limit of a request.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream body,
        long before,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, ct)) > 0)
            {
                before += read;
                if (before > MaxRequestBytes)
                    throw Problem.With(413, SharedCodes.RequestTooLarge);
                yield return buffer.AsMemory(0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Keeps a file on disk, up to the limit of one, and judges what it is. Whoever asked for it closes its
    /// content.</summary>
    public static async Task<UploadedFile> SpoolAsync(
        string name,
        IAsyncEnumerable<ReadOnlyMemory<byte>> content,
        CancellationToken ct
    )
    {
        var spool = OpenSpool();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await foreach (var bytes in content.WithCancellation(ct))
            {
                size += bytes.Length;
                hash.AppendData(bytes.Span);
                if (size <= MaxFileBytes)
                    await spool.WriteAsync(bytes, ct);
            }
            var verdict = size is > 0 and <= MaxFileBytes ? await FileContent.CheckAsync(spool, ct) : null;
            var refusal = size switch
            {
                0 => SharedCodes.FileEmpty,
                > MaxFileBytes => SharedCodes.FileTooLarge,
                _ => verdict!.Refusal,
            };
            return new UploadedFile(
                name,
                verdict?.ContentType,
                size,
                Convert.ToHexStringLower(hash.GetHashAndReset()),
                refusal,
                spool
            )
            {
                Active = verdict?.Active ?? false,
            };
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }
}
