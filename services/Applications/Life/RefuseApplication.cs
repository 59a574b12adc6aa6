using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class RefuseApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPost("{id:guid}/refuse", Handle)
            .WithIdempotency()
            .WithSummary("Refuse, for the reasons of the signed receipt");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        Transitions transitions,
        DocumentsClient documents,
        CancellationToken ct
    )
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.Refuse, ct);
        var receipt = Readiness.RequireReceipt(await documents.FreezeAsync(move, ct), "refusal");
        move.Application.Refuse(
            [.. receipt.Reasons.Select(reason => new Refusal(reason.Code, reason.Text))],
            move.By,
            move.At
        );
        return await move.CommitAsync(ct);
    }
}
