using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Categories;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Commission;

public static class DecideApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPost("{id:guid}/decide", Handle)
            .WithIdempotency()
            .WithSummary("Record the commission's decision")
            .TakesJson<DecisionForm>();

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        HttpContext http,
        ApplicationsDb db,
        Transitions transitions,
        RuleBook rules,
        CancellationToken ct
    )
    {
        var seen = await transitions.RequireRoleAsync(id, ApplicationAction.Decide, ct);
        var decision = await FormBody.ReadAsync<DecisionForm, Decision>(
            http,
            (form, error) => form.Check(rules.Reference, seen.Fields, error),
            ct
        );
        await using var move = await transitions.TakeAsync(id, ApplicationAction.Decide, ct);
        move.Application.Decide(decision, move.By, move.At);
        if (RecordOf(move, decision) is { } record)
            db.CategoryRecords.Add(record);
        return await move.CommitAsync(ct);
    }

    /// <summary>What was awarded goes into the record of categories; what is kept stands there already.</summary>
    private static CategoryRecord? RecordOf(Transition move, Decision decision) =>
        decision is { AwardedCategory: { } category, KeepsCurrent: false }
            ? new CategoryRecord
            {
                Id = Guid.CreateVersion7(move.At),
                PersonId = move.Application.TeacherId,
                Category = category,
                From = decision.ProtocolDate,
                Until = decision.ValidUntil,
                Basis = RecordBasis.BeforeCommissions,
                ApplicationId = move.Application.Id,
                OrderNumber = decision.ProtocolNumber,
                OrderDate = decision.ProtocolDate,
                RecordedAt = move.At,
            }
            : null;
}
