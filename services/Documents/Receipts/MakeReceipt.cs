using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Receipts;

public static class MakeReceipt
{
    private const int LongestReason = 2000;
    private const int MostReasons = 20;

    /// <param name="ReplacesFor">Why a receipt that is signed already is replaced; it stays, as superseded.</param>
    public sealed record Request(string? Kind, JsonElement[]? Reasons, string? ReplacesFor);

    private sealed record ReasonRequest(string? Code, string? Text);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapPost("applications/{applicationId:guid}/receipts", Handle)
            .WithIdempotency()
            .WithSummary("The receipt of acceptance or of refusal for the current submission")
            .TakesJson<Request>()
            .Produces<DocumentView>(StatusCodes.Status201Created);

    public static async Task<Created<DocumentView>> Handle(
        Guid applicationId,
        HttpContext http,
        DocumentsDb db,
        ApplicationsClient applications,
        DocumentRegister register,
        IdentityClient identity,
        CurrentUser user,
        VerifyLinks links,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(applicationId, ct);
        access.RequireRole(Roles.Executor);
        var (accepted, reasons, replacesFor) = Check(await RequestBody.ReadAsync<Request>(http, ct));
        RequireUnderReview(access);
        Letters.RequirePrintable(reasons.Select(reason => ("reasons", (string?)reason.Text)));
        var teacher = await identity.NamedPersonAsync(access.Facts.TeacherId, ct);
        var executor = await identity.NamedPersonAsync(user.Id, ct);
        var provider = await identity.NamedOrganisationAsync(access.Facts.AcceptingOrganisationId, ct);

        var document = await Fence.WriteAsync(
            db,
            applicationId,
            access.Facts.Version,
            async () =>
            {
                access = await applications.AccessAsync(applicationId, ct, settle: true);
                access.RequireRole(Roles.Executor);
                RequireUnderReview(access);
                return access.Facts.Version;
            },
            async () =>
            {
                var (facts, now) = (access.Facts, clock.Now());
                var submission = facts.Submissions[^1];
                var older = await db
                    .Documents.Include(one => one.Signatures)
                    .SingleOrDefaultAsync(
                        one =>
                            one.ApplicationId == applicationId
                            && one.Kind != DocumentKind.Statement
                            && one.Submission == submission.Number
                            && one.ReplacedAt == null,
                        ct
                    );
                var isSigned = older?.Signatures.Any(one => one.Counts) is true;
                if (isSigned && replacesFor is null)
                    throw Problem.Conflict(Codes.ReceiptAlreadySigned, "The submission's receipt is signed already.");
                if (older is not null)
                {
                    older.ReplacedAt = now;
                    older.ReplacedFor = isSigned ? replacesFor : null;
                    // Its index is free for the new one only once this is written.
                    await db.SaveChangesAsync(ct);
                }
                var kind = accepted ? DocumentKind.AcceptanceReceipt : DocumentKind.RefusalReceipt;
                var (head, code) = await register.HeadAsync(facts, kind, Guid.CreateVersion7().ToString(), ct);
                var content = Receipt.Render(
                    facts,
                    teacher,
                    provider,
                    executor,
                    accepted,
                    [.. reasons.Select(one => (one, RefusalReasons.All[one.Code].Kk, RefusalReasons.All[one.Code].Ru))],
                    Almaty.Date(now),
                    head
                );
                var made = new Document
                {
                    ApplicationId = applicationId,
                    Kind = kind,
                    Number = head.Number,
                    EditVersion = submission.EditVersion,
                    Submission = submission.Number,
                    Code = code,
                    Size = content.Length,
                    Sha256 = DocumentContents.HashOf(content),
                    CreatedAt = now,
                    CreatedById = user.Id,
                    Reasons = reasons,
                };
                db.Documents.Add(made);
                db.DocumentContents.Add(new DocumentContent { DocumentId = made.Id, Content = content });
                return made;
            },
            ct
        );
        var view = DocumentView.Of(document, access.Facts, links);
        return TypedResults.Created($"/api/documents/{view.Id}/content", view);
    }

    private static void RequireUnderReview(ApplicationAccess access) =>
        access.RequireWork(ApplicationWork.SignReceipt, "A receipt is made while the state service reviews.");

    private static (bool Accepted, IReadOnlyList<ReceiptReason> Reasons, string? ReplacesFor) Check(Request request)
    {
        var errors = new Errors();
        var fields = new Fields(errors);
        if (request.Kind is not ("acceptance" or "refusal"))
            errors.Add("kind", request.Kind is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        var reasons = new List<ReceiptReason>();
        var given = request.Reasons ?? [];
        if (request.Kind == "refusal" && given.Length == 0)
            errors.Add("reasons", FieldCodes.Required);
        if (given.Length > MostReasons)
            errors.Add("reasons", FieldCodes.FieldTooLong);
        foreach (var one in request.Kind == "refusal" ? given : [])
        {
            if (one.ValueKind != JsonValueKind.Object)
            {
                errors.Add("reasons", FieldCodes.ValueWrongType);
                continue;
            }
            var reason = RequestBody.Parse<ReasonRequest>(one);
            if (reason.Code is null || !RefusalReasons.All.ContainsKey(reason.Code))
                errors.Add("reasons", reason.Code is null ? FieldCodes.Required : FieldCodes.UnknownKey);
            else
            {
                fields.LongText("reasons", reason.Text, 1..LongestReason);
                reasons.Add(new(reason.Code, reason.Text ?? ""));
            }
        }
        fields.LongText("replacesFor", request.ReplacesFor, 1..LongestReason, required: false);
        errors.ThrowIfAny();
        return (request.Kind == "acceptance", reasons, request.ReplacesFor);
    }
}
