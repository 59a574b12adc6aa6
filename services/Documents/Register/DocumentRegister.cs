using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>What the calls about one document have in common: found, shown, and to whom.</summary>
public sealed class DocumentRegister(
    DocumentsDb db,
    ApplicationsClient applications,
    Encryption encryption,
    VerifyLinks links
)
{
    /// <summary>A document with what the current user may do with its application.</summary>
    /// <exception cref="Problem">404 not-found</exception>
    public async Task<(Document Document, ApplicationAccess Access)> FindAsync(Guid id, CancellationToken ct)
    {
        var document =
            await db
                .Documents.AsNoTracking()
                .Include(one => one.Signatures)
                .SingleOrDefaultAsync(one => one.Id == id, ct)
            ?? throw Problem.NotFound();
        var access = await applications.AccessAsync(document.ApplicationId, ct);
        return IsShown(document, access) ? (document, access) : throw Problem.NotFound();
    }

    /// <summary>A receipt is its executor's draft until it is signed.</summary>
    public static bool IsShown(Document document, ApplicationAccess access) =>
        !access.IsOwner || document.Kind == DocumentKind.Statement || document.Signatures.Count > 0;

    /// <summary>
    /// The number and the code of a document that is about to be rendered. The code is made from what the document is,
    /// under a secret: nobody guesses it, and the same version has the same bytes whoever renders it.
    /// </summary>
    public async Task<(DocumentHead Head, string Code)> HeadAsync(
        ApplicationFacts application,
        DocumentKind kind,
        string version,
        CancellationToken ct
    )
    {
        var letter = kind == DocumentKind.Statement ? "S" : "R";
        var count = await db.Documents.CountAsync(
            one =>
                one.ApplicationId == application.Id
                && (one.Kind == DocumentKind.Statement) == (kind == DocumentKind.Statement),
            ct
        );
        var code = Convert.ToHexStringLower(
            encryption.KeyedHash("verification codes", $"{application.Id} {kind} {version}").AsSpan(0, 16)
        );
        return (new DocumentHead($"{application.Number}-{letter}{count + 1}", links.Of(code)), code);
    }

    /// <exception cref="Problem">transition.not-allowed</exception>
    public static void RequireEditable(ApplicationAccess access)
    {
        if (!access.Facts.Open.Any)
            throw Problem.Conflict(
                SharedCodes.TransitionNotAllowed,
                "A statement is made and signed while its application may be edited."
            );
    }

    /// <exception cref="Problem">document.superseded</exception>
    public static void RequireCurrent(Document document, ApplicationAccess access)
    {
        if (DocumentView.StateOf(document, access.Facts) == DocumentState.Superseded)
            throw Problem.Conflict(Codes.DocumentSuperseded, "A newer document has taken its place.");
    }
}
