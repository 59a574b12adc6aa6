using PedAtt.Documents.Data;
using PedAtt.Documents.Signing;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>All that a court or an auditor needs to judge a document's signatures again, without us and years
/// later.</summary>
public static class GetEvidence
{
    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapGet("{id:guid}/evidence", Handle)
            .WithSummary("Document, signatures, certificates, answers about revocation and verdicts (ZIP)")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip");

    public static async Task<IResult> Handle(
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
        var signatures = document
            .Signatures.Where(one => one.Method == SignatureMethod.Cms)
            .OrderBy(one => one.Id)
            .ToList();
        if (signatures.Count == 0)
            throw Problem.NotFound();
        var content = await contents.ReadAsync(document, ct);
        await db.NoteReadingAsync(access, user, "document", id, clock, ct);
        var (verifications, parts) = await db.EvidenceAsync(signatures.Select(one => one.Id), ct);
        Download.Protect(http, $"{document.Number}.evidence.zip", inline: false);
        return TypedResults.Bytes(EvidenceFile.Of(content, signatures, verifications, parts), "application/zip");
    }
}
