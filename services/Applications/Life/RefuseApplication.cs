using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class RefuseApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/refuse", Handle).WithIdempotency().WithSummary("Refuse, for the reasons of the signed receipt");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, DocumentsClient documents, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Refuse, async (application, now) =>
        {
            var papers = await documents.FreezeAsync(application, Guid.CreateVersion7(), FreezingMoves.Refuse, ct);
            var receipt = Readiness.RequireReceipt(papers, "refusal");
            application.Refuse([.. receipt.Reasons.Select(reason => new Refusal(reason.Code, reason.Text))], caller.Actor, now);
            db.Publish(new ApplicationRefused(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.AcceptingOrganisationId, [.. receipt.Reasons.Select(reason => new RefusalReason(reason.Code, reason.Text))]));
        }, ct);
}
