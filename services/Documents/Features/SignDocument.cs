using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts.Internal;
using PedAtt.Documents.Access;
using PedAtt.Documents.Data;
using PedAtt.Documents.Signatures;
using PedAtt.ServiceDefaults;

namespace PedAtt.Documents.Features;

public static class SignDocument
{
    public sealed record Request(string? Cms);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents.MapPost("{id:guid}/signature", Handle).WithIdempotency().WithSummary("A detached CMS over exactly the document's bytes")
            .Accepts<Request>("application/json");

    public static async Task<Ok<DocumentView>> Handle(
        Guid id, HttpContext http, DocumentsDb db, ApplicationGate applications, DocumentCalls calls, IdentityClient identity,
        SignatureExaminer examiner, CurrentUser user, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        var (document, access) = await calls.FindAsync(id, ct);
        RequireSigner(document, access, user);
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        if (request.Cms is null)
            errors.Add("cms", "required");
        errors.ThrowIfAny();
        RequireRightTime(document, access);
        RequireUnsigned(document);

        var person = await identity.PersonAsync(user.Id, ct);
        var organisation = await identity.OrganisationAsync(
            document.Kind == DocumentKind.Statement ? access.Facts.OrganisationId : access.Facts.AcceptingOrganisationId, ct);
        var cms = SignatureExaminer.DecodeText(request.Cms!);
        examiner.Require(document.Content, cms, new(person.Iin, document.Kind == DocumentKind.Statement ? null : organisation.Bin));

        await Fence.WriteAsync(db, document.ApplicationId, async settle =>
        {
            access = await applications.AccessAsync(document.ApplicationId, ct, settle);
            RequireSigner(document, access, user);
            RequireRightTime(document, access);
            return access.Facts.Version;
        }, async () =>
        {
            document = await db.Documents.Include(one => one.Signatures).SingleAsync(one => one.Id == id, ct);
            RequireRightTime(document, access);
            RequireUnsigned(document);
            var now = clock.Now();
            foreach (var scan in document.Signatures.Where(one => one.ReplacedAt is null))
                scan.ReplacedAt = now;
            db.Signatures.Add(new Signature
            {
                DocumentId = id,
                Method = SignatureMethod.Cms,
                SignerId = user.Id,
                SignerName = person.Name,
                SignerRole = document.Kind == DocumentKind.Statement ? Roles.Teacher : Roles.Executor,
                OrganisationKk = organisation.NameKk,
                OrganisationRu = organisation.NameRu,
                At = now,
                Cms = cms,
            });
            return true;
        }, ct);
        return TypedResults.Ok(DocumentView.Of(document, access.Facts, configuration));
    }

    /// <summary>The teacher signs their statement; a receipt is signed by the executor who made it.</summary>
    private static void RequireSigner(Document document, ApplicationAccess access, CurrentUser user)
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
            DocumentCalls.RequireEditable(access);
        else if (access.Facts.Status != "under-state-service-review")
            throw new RuleViolationException("transition.not-allowed", "A receipt is signed while the state service reviews.");
        DocumentCalls.RequireCurrent(document, access);
    }

    private static void RequireUnsigned(Document document)
    {
        if (document.Signatures.Any(one => one.Method == SignatureMethod.Cms))
            throw new RuleViolationException("document.already-signed", "A document is signed once.");
    }
}
