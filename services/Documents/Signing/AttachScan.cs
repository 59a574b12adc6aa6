using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Signing;

/// <summary>Who has no ЭЦП prints the statement, signs it by hand and attaches the scan of the signed page.</summary>
public static class AttachScan
{
    public static void Map(IEndpointRouteBuilder documents) =>
        documents.MapPut("{id:guid}/scan", Handle).WithSummary("Attach the scan of the page signed by hand");

    public static async Task<Ok<DocumentView>> Handle(
        Guid id,
        HttpContext http,
        DocumentsDb db,
        ApplicationsClient applications,
        DocumentRegister register,
        IdentityClient identity,
        FileStorage storage,
        IServiceScopeFactory scopes,
        CurrentUser user,
        VerifyLinks links,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (document, access) = await register.FindAsync(id, ct);
        access.RequireOwner();
        if (document.Kind != DocumentKind.Statement)
            throw Problem.NotAllowed();
        await using var form = await UploadForm.ReadAsync(http, ct);
        var errors = new Errors();
        if (form.Files.Count != 1)
            errors.Add("file", form.Files.Count == 0 ? FieldCodes.Required : FieldCodes.FilesTooMany);
        errors.ThrowIfAny();
        RequireOpen(document, access);
        form.RequireGoodFiles();
        var file = form.Files[0];
        var person = await identity.NamedPersonAsync(user.Id, ct);
        var (key, state) = await StoreAsync(file, storage, scopes, clock, ct);

        await Fence.WriteAsync(
            db,
            document.ApplicationId,
            access.Facts.Version,
            async () =>
            {
                access = await applications.AccessAsync(document.ApplicationId, ct, settle: true);
                RequireOpen(document, access);
                return access.Facts.Version;
            },
            async () =>
            {
                document = await db.Documents.Include(one => one.Signatures).SingleAsync(one => one.Id == id, ct);
                RequireOpen(document, access);
                var now = clock.Now();
                foreach (var older in document.Signatures.Where(one => one.ReplacedAt is null))
                    older.ReplacedAt = now;
                db.Signatures.Add(
                    new Signature
                    {
                        DocumentId = id,
                        Method = SignatureMethod.Scan,
                        SignerId = user.Id,
                        SignerName = person.Name,
                        SignerRole = Roles.Teacher,
                        OrganisationKk = access.Facts.Data.OrganisationNameKk,
                        OrganisationRu = access.Facts.Data.OrganisationNameRu,
                        At = now,
                        ScanId = key,
                        ScanName = file.Name,
                        ScanType = file.ContentType,
                        ScanSize = file.Size,
                        ScanSha256 = file.Sha256,
                        ScanState = state,
                        ScanActive = file.Active,
                    }
                );
                return true;
            },
            ct
        );
        return TypedResults.Ok(DocumentView.Of(document, access.Facts, links));
    }

    /// <summary>The row first and on its own, so that the sweeper finds what a crash leaves behind.</summary>
    private static async Task<(Guid Key, ScanState State)> StoreAsync(
        UploadedFile file,
        FileStorage storage,
        IServiceScopeFactory scopes,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        var key = Guid.CreateVersion7();
        own.ScanUploads.Add(new ScanUpload { Id = key, At = clock.Now() });
        await own.SaveChangesAsync(ct);
        return (key, await storage.StoreAsync(key, file, ct));
    }

    private static void RequireOpen(Document document, ApplicationAccess access)
    {
        DocumentRegister.RequireEditable(access);
        DocumentRegister.RequireCurrent(document, access);
        if (document.Signatures.Any(one => one.Method == SignatureMethod.Cms && one.Counts))
            throw Problem.Conflict(Codes.DocumentAlreadySigned, "A statement signed with ЭЦП needs no scan.");
    }
}
