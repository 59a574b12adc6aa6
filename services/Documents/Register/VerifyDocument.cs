using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Signing;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>
/// What the QR code of a document leads to: whether there is such a document, and nothing of what stands in it. Its
/// bytes and its signatures are judged again each time, so that a row changed in the database does not make it valid.
/// </summary>
public static class VerifyDocument
{
    public sealed record Signer(string Initials, string Role, string Organisation, DateTimeOffset At, string Verdict);

    /// <param name="Intact">The stored bytes are those that were made; where they are not, no signature is
    /// valid.</param>
    public sealed record Response(
        DocumentKind Kind,
        string Number,
        DateOnly Date,
        string Sha256,
        DocumentState State,
        IReadOnlyList<Signer> Signers,
        bool Intact
    );

    public static void Map(IEndpointRouteBuilder documents) =>
        documents.MapGet("verify/{code}", Handle).AllowAnonymous().WithSummary("The public check of a document");

    public static async Task<Ok<Response>> Handle(
        string code,
        HttpContext http,
        DocumentsDb db,
        ApplicationsClient applications,
        DocumentContents contents,
        SignatureExaminer examiner,
        CancellationToken ct
    )
    {
        code = AsPrinted(code);
        var document =
            await db
                .Documents.AsNoTracking()
                .Include(one => one.Signatures)
                .SingleOrDefaultAsync(one => one.Code == code, ct)
            ?? throw Problem.NotFound();
        var facts = await applications.FactsAsync(document.ApplicationId, ct) ?? throw Problem.NotFound();
        var content = await contents.TryReadAsync(document, ct);
        var signatures = document.Signatures.Where(one => one.ReplacedAt is null).OrderBy(one => one.Id).ToList();
        var examinations = await db.LastExaminationsAsync([.. signatures.Select(one => one.Id)], ct);
        var kazakh = Language.Of(http) == Language.Kazakh;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(
            new Response(
                document.Kind,
                document.Number,
                Almaty.Date(document.CreatedAt),
                document.Sha256,
                DocumentView.StateOf(document, facts),
                [
                    .. signatures.Select(one => new Signer(
                        Initials(one.SignerName),
                        one.SignerRole,
                        kazakh ? one.OrganisationKk : one.OrganisationRu,
                        one.At,
                        Holds(one) ? DocumentView.VerdictOf(one, document, facts) : "invalid"
                    )),
                ],
                Intact: content is not null
            )
        );

        bool Holds(Signature signature)
        {
            if (content is null)
                return false;
            if (signature.Method != SignatureMethod.Cms)
                return true;
            var (last, certificates) = examinations.GetValueOrDefault(signature.Id, (null!, []));
            return last?.Verdict != SignatureVerdict.Invalid
                && examiner.Holds(content, signature.Cms!, last, certificates);
        }
    }

    /// <summary>As it stands in the QR code: typed by hand it comes in capitals and with blanks between.</summary>
    private static string AsPrinted(string code) =>
        string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>"С. Ж. А.": enough for who holds the document, and of no use to others.</summary>
    private static string Initials(string name) =>
        string.Join(
            ' ',
            name.Normalize(NormalizationForm.FormC)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => $"{StringInfo.GetNextTextElement(part)}.")
        );
}
