using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class SubmitApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/submit", Handle).WithIdempotency().WithSummary("Send for review");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        Transitions transitions,
        PortfolioClient portfolios,
        DocumentsClient papers,
        CancellationToken ct
    )
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.Submit, ct);
        move.Application.RequireYear(Almaty.Date(move.At));
        var portfolio = await portfolios.FreezeAsync(move, ct);
        Readiness.RequireComplete(portfolio);
        var documents = await papers.FreezeAsync(move, ct);
        Readiness.RequireToSubmit(portfolio, documents);
        move.Application.Submit(SubmissionOf(move, portfolio, documents), move.By);
        return await move.CommitAsync(ct);
    }

    private static Submission SubmissionOf(Transition move, PortfolioFacts portfolio, DocumentFacts documents) =>
        new()
        {
            ApplicationId = move.Application.Id,
            Number = move.Application.Submissions.Count + 1,
            SnapshotId = move.SnapshotId,
            Version = move.Application.Version + 1,
            EditVersion = move.Application.EditVersion,
            At = move.At,
            Fields = FieldsOf(move),
            Entries = JsonSerializer.Serialize(portfolio.Entries, Json.Options),
            Statement = JsonSerializer.Serialize(documents.Statement, Json.Options),
        };

    private static string FieldsOf(Transition move)
    {
        var fields = JsonSerializer.SerializeToNode(move.Application.Fields, Json.Options)!;
        fields["filingDate"] = JsonSerializer.SerializeToNode(move.Application.FilingDay(move.At), Json.Options);
        return fields.ToJsonString(Json.Options);
    }
}
