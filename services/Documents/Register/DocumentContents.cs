using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;

namespace PedAtt.Documents.Register;

/// <summary>The bytes of documents, compared with the hash of what was rendered whenever they are read.</summary>
public sealed partial class DocumentContents(DocumentsDb db, ILogger<DocumentContents> log)
{
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <exception cref="Problem">409 document.altered</exception>
    public async Task<byte[]> ReadAsync(Document document, CancellationToken ct) =>
        await TryReadAsync(document, ct) ?? throw Problem.With(409, Codes.DocumentAltered);

    /// <summary>Null where it is not there, or not what was rendered.</summary>
    public async Task<byte[]?> TryReadAsync(Document document, CancellationToken ct)
    {
        var content = await db
            .DocumentContents.AsNoTracking()
            .Where(row => row.DocumentId == document.Id)
            .Select(row => row.Content)
            .SingleOrDefaultAsync(ct);
        if (content is not null && HashOf(content) == document.Sha256)
            return content;
        LogAltered(document.Id);
        return null;
    }

    [LoggerMessage(
        LogLevel.Critical,
        "The stored scan of document {Document} is not what was attached: its hash differs"
    )]
    public partial void LogAlteredScan(Guid document);

    [LoggerMessage(
        LogLevel.Critical,
        "The stored content of document {Document} is not what was rendered: its hash differs"
    )]
    private partial void LogAltered(Guid document);
}
