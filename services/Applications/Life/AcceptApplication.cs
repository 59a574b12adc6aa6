using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class AcceptApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/accept", Handle).WithIdempotency().WithSummary("Accept by the signed receipt");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, DocumentsClient documents, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Accept, async (application, now) =>
        {
            var papers = await documents.FreezeAsync(application, Guid.CreateVersion7(), FreezingMoves.Accept, ct);
            Readiness.RequireReceipt(papers, "acceptance");
            application.Accept(caller.Actor, now);
            db.Publish(new ApplicationAccepted(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.AcceptingOrganisationId));
        }, ct);
}
