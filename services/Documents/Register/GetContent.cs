using PedAtt.Documents.Data;
using PedAtt.Documents.Signing;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>A document's bytes: the PDF, the CMS over it, the scan of the signed page.</summary>
public static class GetContent
{
    public static void Map(IEndpointRouteBuilder documents)
    {
        documents.MapGet("{id:guid}/content", Pdf).WithSummary("The PDF");
        documents.MapGet("{id:guid}/signature", Cms).WithSummary("The detached CMS (.cms)");
        documents.MapGet("{id:guid}/scan", Scan).WithSummary("The scan of the page signed by hand");
    }

    public static async Task<IResult> Pdf(
        Guid id,
        HttpContext http,
        DocumentsDb db,
        DocumentRegister register,
        DocumentContents contents,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (document, access) = await register.FindAsync(id, ct);
        var content = await contents.ReadAsync(document, ct);
        await db.NoteReadingAsync(access, user, "document", id, clock, ct);
        Download.Protect(http, $"{document.Number}.pdf", inline: Download.IsInline(http));
        return TypedResults.Bytes(content, "application/pdf");
    }

    public static async Task<IResult> Cms(
        Guid id,
        HttpContext http,
        DocumentsDb db,
        DocumentRegister register,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (document, access) = await register.FindAsync(id, ct);
        var signature =
            document.Signatures.SingleOrDefault(one => one.Method == SignatureMethod.Cms && one.ReplacedAt is null)
            ?? throw Problem.NotFound();
        await db.NoteReadingAsync(access, user, "document", id, clock, ct);
        Download.Protect(http, $"{document.Number}.cms", inline: false);
        return TypedResults.Bytes(signature.Cms!, "application/pkcs7-signature");
    }

    public static async Task<IResult> Scan(
        Guid id,
        HttpContext http,
        DocumentsDb db,
        DocumentRegister register,
        DocumentContents contents,
        ObjectStore store,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (document, access) = await register.FindAsync(id, ct);
        var scan =
            document.Signatures.SingleOrDefault(one => one.Method == SignatureMethod.Scan && one.Counts)
            ?? throw Problem.NotFound();
        if (scan.ScanState == ScanState.Pending && !access.IsOwner)
            throw Problem.With(409, SharedCodes.FileNotScanned);
        await db.NoteReadingAsync(access, user, "document", id, clock, ct);
        using var stored = await store.OpenAsync(scan.ScanId!.Value, ct) ?? throw Problem.NotFound();
        Download.Protect(
            http,
            FileNames.Served(scan.ScanName!, scan.ScanType!),
            inline: scan.ScanState == ScanState.Clean && Download.IsInline(http)
        );
        http.Response.ContentType = scan.ScanType;
        http.Response.ContentLength = scan.ScanSize;
        if (scan.ScanSha256 is null)
            await stored.Content.CopyToAsync(http.Response.Body, ct);
        else if (!await CheckedCopy.CopyAsync(stored.Content, http.Response.Body, scan.ScanSha256, ct))
        {
            contents.LogAlteredScan(id);
            http.Abort();
        }
        return Results.Empty;
    }
}
