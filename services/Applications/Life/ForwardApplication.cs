using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class ForwardApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/forward", Handle).WithIdempotency().WithSummary("Forward to the state service");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, PortfolioClient portfolio, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Forward, async (application, now) =>
        {
            var facts = await portfolio.FreezeAsync(application, Guid.CreateVersion7(), FreezingMoves.Forward, ct);
            Readiness.RequireToForward(facts);
            application.Forward(JsonSerializer.Serialize(facts.Reviews, Json.Options), caller.Actor, now);
            db.Publish(new ApplicationForwarded(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.AcceptingOrganisationId));
        }, ct);
}
