using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;

namespace PedAtt.Applications.Life;

public static class SendApplicationToCommission
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/send-to-commission", Handle).WithIdempotency().WithSummary("Send to the commission that decides");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.SendToCommission, (application, now) =>
        {
            application.SendToCommission(caller.Actor, now);
            db.Publish(new ApplicationSentToCommission(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.DecidingOrganisationId));
            return Task.CompletedTask;
        }, ct);
}
