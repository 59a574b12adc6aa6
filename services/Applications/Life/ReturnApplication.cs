using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class ReturnApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/return", Handle).WithIdempotency().WithSummary("Return for revision");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, PortfolioClient portfolio, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Return, async (application, now) =>
        {
            var facts = await portfolio.FreezeAsync(application, Guid.CreateVersion7(), FreezingMoves.Return, ct);
            Readiness.RequireToReturn(facts);
            application.Return(facts.Returned, JsonSerializer.Serialize(facts.Reviews, Json.Options), caller.Actor, now);
            db.Publish(new ApplicationReturned(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                facts.Returned));
        }, ct);
}
