using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class SubmitApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/submit", Handle).WithIdempotency().WithSummary("Send for review");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, PortfolioClient portfolio, DocumentsClient documents,
        CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Submit, async (application, now) =>
        {
            var snapshotId = Guid.CreateVersion7();
            var facts = await portfolio.FreezeAsync(application, snapshotId, FreezingMoves.Submit, ct);
            Readiness.RequireComplete(facts);
            var papers = await documents.FreezeAsync(application, snapshotId, FreezingMoves.Submit, ct);
            Readiness.RequireToSubmit(facts, papers);

            application.Submit(new Submission
            {
                ApplicationId = application.Id,
                Number = application.Submissions.Count + 1,
                SnapshotId = snapshotId,
                Version = application.Version + 1,
                EditVersion = application.EditVersion,
                At = now,
                Fields = JsonSerializer.Serialize(application.Fields, Json.Options),
                Entries = JsonSerializer.Serialize(facts.Entries, Json.Options),
                Statement = JsonSerializer.Serialize(papers.Statement, Json.Options),
            }, caller.Actor);
            db.Publish(new ApplicationSubmitted(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.Submissions.Count));
        }, ct);
}
