using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Domain;
using PedAtt.Applications.Views;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.Features;

public static class SubmitApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/submit", Handle).WithIdempotency().WithSummary("Send for review");

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, Seats seats, Moves moves, PortfolioClient portfolio, DocumentsClient documents,
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
            }, seats.Actor);
            db.Publish(new ApplicationSubmitted(
                application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                application.Submissions.Count));
        }, ct);
}
