using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Signing;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>A move of the application asks for the papers' facts; from then on nobody writes on older knowledge
/// (docs/decisions).</summary>
public static class FreezeDocuments
{
    public static void Map(IEndpointRouteBuilder @internal) =>
        @internal.MapPost("documents/{applicationId:guid}/freeze", Handle);

    public static async Task<Ok<DocumentFacts>> Handle(
        Guid applicationId,
        DocumentFreeze freeze,
        DocumentsDb db,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            await Fence.FreezeAsync(
                db,
                applicationId,
                freeze.Version,
                freeze.SnapshotId,
                async () =>
                {
                    var documents = await db
                        .Documents.AsNoTracking()
                        .Include(one => one.Signatures)
                        .Where(one => one.ApplicationId == applicationId)
                        .ToListAsync(ct);
                    var statement = documents.SingleOrDefault(one =>
                        one.Kind == DocumentKind.Statement && one.EditVersion == freeze.EditVersion
                    );
                    var receipt = documents.SingleOrDefault(one =>
                        one.Kind != DocumentKind.Statement
                        && one.Submission == freeze.Submission
                        && one.ReplacedAt is null
                    );
                    return new DocumentFacts(
                        statement is null
                            ? null
                            : new(statement.Id, statement.Number, statement.Sha256, SignedBy(statement)),
                        receipt is null
                            ? null
                            : new(
                                receipt.Id,
                                receipt.Number,
                                receipt.Kind == DocumentKind.AcceptanceReceipt ? "acceptance" : "refusal",
                                receipt.Sha256,
                                receipt.Signatures.Any(one => one.Counts),
                                receipt.Reasons
                            )
                    );
                },
                ct
            )
        );

    private static string? SignedBy(Document statement) =>
        statement.Signatures.FirstOrDefault(one => one.Counts)?.Method switch
        {
            SignatureMethod.Cms => "cms",
            SignatureMethod.Scan => "scan",
            _ => null,
        };
}
