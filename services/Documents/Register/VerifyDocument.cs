using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>What the QR code of a document leads to: whether there is such a document, and nothing of what stands in it.</summary>
public static class VerifyDocument
{
    public sealed record Signer(string Initials, string Role, string Organisation, DateTimeOffset At, string Verdict);

    public sealed record Response(
        DocumentKind Kind, string Number, DateOnly Date, string Sha256, DocumentState State, IReadOnlyList<Signer> Signers);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents.MapGet("verify/{code}", Handle).AllowAnonymous().WithSummary("The public check of a document");

    public static async Task<Ok<Response>> Handle(
        string code, HttpContext http, DocumentsDb db, ApplicationsClient applications, CancellationToken ct)
    {
        var document = await db.Documents.AsNoTracking().Include(one => one.Signatures).SingleOrDefaultAsync(one => one.Code == code, ct)
            ?? throw Problem.NotFound();
        var facts = await applications.FactsAsync(document.ApplicationId, ct) ?? throw Problem.NotFound();
        var kazakh = Language.Of(http) == Language.Kazakh;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Response(
            document.Kind, document.Number, Almaty.Date(document.CreatedAt), document.Sha256, DocumentView.StateOf(document, facts),
            [
                .. document.Signatures.Where(one => one.ReplacedAt is null).OrderBy(one => one.Id).Select(one => new Signer(
                    Initials(one.SignerName), one.SignerRole, kazakh ? one.OrganisationKk : one.OrganisationRu, one.At,
                    DocumentView.VerdictOf(one, document, facts))),
            ]));
    }

    /// <summary>"С. Ж. А.": enough for who holds the page, and of no use to others.</summary>
    private static string Initials(string name) =>
        string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => $"{part[0]}."));
}
