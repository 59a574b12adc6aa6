using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Statements;

public static class MakeStatement
{
    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapPost("applications/{applicationId:guid}/statement", Handle)
            .WithIdempotency()
            .WithSummary("The statement of the application as it is now: rendered once for each edit")
            .Produces<DocumentView>()
            .Produces<DocumentView>(StatusCodes.Status201Created);

    public static async Task<IResult> Handle(
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
        access.RequireOwner();
        await RequestBody.ReadNothingAsync(http, ct);
        DocumentRegister.RequireEditable(access);
        var teacher = await identity.NamedPersonAsync(access.Facts.TeacherId, ct);

        var (document, isNew) = await Fence.WriteAsync(
            db,
            applicationId,
            access.Facts.Version,
            async () =>
            {
                access = await applications.AccessAsync(applicationId, ct, settle: true);
                DocumentRegister.RequireEditable(access);
                return access.Facts.Version;
            },
            async () =>
            {
                var facts = access.Facts;
                if (
                    await db
                        .Documents.Include(one => one.Signatures)
                        .SingleOrDefaultAsync(
                            one =>
                                one.ApplicationId == applicationId
                                && one.Kind == DocumentKind.Statement
                                && one.EditVersion == facts.EditVersion,
                            ct
                        ) is
                    { } known
                )
                    return (known, false);
                var (head, code) = await register.HeadAsync(facts, DocumentKind.Statement, $"{facts.EditVersion}", ct);
                Letters.RequirePrintable([.. Statement.Typed(facts.Data), ("name", teacher.Name)]);
                var content = Statement.Render(facts, teacher, Almaty.Date(clock.Now()), head);
                var made = new Document
                {
                    ApplicationId = applicationId,
                    Kind = DocumentKind.Statement,
                    Number = head.Number,
                    EditVersion = facts.EditVersion,
                    Submission = 0,
                    Code = code,
                    Size = content.Length,
                    Sha256 = DocumentContents.HashOf(content),
                    CreatedAt = clock.Now(),
                    CreatedById = user.Id,
                    Reasons = [],
                };
                db.Documents.Add(made);
                db.DocumentContents.Add(new DocumentContent { DocumentId = made.Id, Content = content });
                return (made, true);
            },
            ct
        );
        var view = DocumentView.Of(document, access.Facts, links);
        return isNew ? TypedResults.Created($"/api/documents/{view.Id}/content", view) : TypedResults.Ok(view);
    }
}
