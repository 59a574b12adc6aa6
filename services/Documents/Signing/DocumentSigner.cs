using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

namespace PedAtt.Documents.Signing;

/// <summary>Takes a signature in: alone or one of many, always by the same steps.</summary>
public sealed class DocumentSigner(
    DocumentsDb db,
    ApplicationsClient applications,
    DocumentRegister register,
    DocumentContents contents,
    IdentityClient identity,
    SignatureExaminer examiner,
    CurrentUser user,
    VerifyLinks links,
    TimeProvider clock
)
{
    /// <param name="read">The CMS as it was sent: asked for once it is clear that the caller may sign.</param>
    /// <param name="resumes">The same CMS once more is the answer once more: who was cut off in the middle calls
    /// again.</param>
    public async Task<DocumentView> SignAsync(Guid id, Func<Task<string>> read, bool resumes, CancellationToken ct)
    {
        var (document, access) = await register.FindAsync(id, ct);
        RequireSigner(document, access);
        var text = await read();
        if (resumes && IsSignedBy(document, text))
            return DocumentView.Of(document, access.Facts, links);
        RequireRightTime(document, access);
        RequireUnsigned(document);

        var isStatement = document.Kind == DocumentKind.Statement;
        var person = await identity.NamedPersonAsync(user.Id, ct);
        var organisation = await identity.NamedOrganisationAsync(
            isStatement ? access.Facts.OrganisationId : access.Facts.AcceptingOrganisationId,
            ct
        );
        var sent = SignatureExaminer.DecodeText(text);
        var content = await contents.ReadAsync(document, ct);
        var signature = new Signature
        {
            DocumentId = id,
            Method = SignatureMethod.Cms,
            SignerId = user.Id,
            SignerName = person.Name,
            SignerRole = isStatement ? Roles.Teacher : Roles.Executor,
            OrganisationKk = organisation.NameKk,
            OrganisationRu = organisation.NameRu,
            At = clock.Now(),
        };
        var examined = await examiner.RequireAsync(
            signature.Id,
            content,
            sent,
            new(person.Iin, isStatement ? null : organisation.Bin),
            ct
        );
        signature.Cms = SignatureExaminer.Kept(sent);
        (signature.Verdict, signature.Reason, signature.AskAgainAt) = (
            examined.Verdict,
            examined.Reason,
            examined.AskAgainAt
        );

        await Fence.WriteAsync(
            db,
            document.ApplicationId,
            access.Facts.Version,
            async () =>
            {
                access = await applications.AccessAsync(document.ApplicationId, ct, settle: true);
                RequireSigner(document, access);
                RequireRightTime(document, access);
                return access.Facts.Version;
            },
            async () =>
            {
                document = await db.Documents.Include(one => one.Signatures).SingleAsync(one => one.Id == id, ct);
                RequireRightTime(document, access);
                RequireUnsigned(document);
                var now = clock.Now();
                foreach (var former in document.Signatures.Where(one => one.ReplacedAt is null))
                    former.ReplacedAt = now;
                db.Signatures.Add(signature);
                await db.KeepAsync(examined.Verification, examined.Parts, ct);
                return true;
            },
            ct
        );
        return DocumentView.Of(document, access.Facts, links);
    }

    /// <returns>The document, or the code of the problem that the call for it alone would end with.</returns>
    public async Task<(DocumentView? Document, string? Code)> TrySignAsync(Guid id, string cms, CancellationToken ct)
    {
        try
        {
            return (await SignAsync(id, () => Task.FromResult(cms), resumes: true, ct), null);
        }
        catch (Problem refused)
        {
            return (null, refused.Code);
        }
    }

    /// <summary>The teacher signs their statement; a receipt is signed by the executor who made it.</summary>
    private void RequireSigner(Document document, ApplicationAccess access)
    {
        if (document.Kind == DocumentKind.Statement)
            access.RequireOwner();
        else
        {
            access.RequireRole(Roles.Executor);
            if (document.CreatedById != user.Id)
                throw Problem.NotAllowed();
        }
    }

    private static void RequireRightTime(Document document, ApplicationAccess access)
    {
        if (document.Kind == DocumentKind.Statement)
            DocumentRegister.RequireEditable(access);
        else
            access.RequireWork(ApplicationWork.SignReceipt, "A receipt is signed while the state service reviews.");
        DocumentRegister.RequireCurrent(document, access);
    }

    private static void RequireUnsigned(Document document)
    {
        if (document.Signatures.Any(one => one.Method == SignatureMethod.Cms && one.Counts))
            throw Problem.Conflict(Codes.DocumentAlreadySigned, "A document is signed once.");
    }

    private bool IsSignedBy(Document document, string text) =>
        document.Signatures.Find(one => one.Method == SignatureMethod.Cms && one.Counts && one.SignerId == user.Id)
            is { } signed
        && SignatureExaminer.Kept(SignatureExaminer.DecodeText(text)).AsSpan().SequenceEqual(signed.Cms);
}
