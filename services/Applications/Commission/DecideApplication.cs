using Microsoft.AspNetCore.Http.HttpResults;
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
        return await move.CommitAsync(ct);
    }
}
