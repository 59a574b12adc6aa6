using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Applications.Life;

public static class SendApplicationToCommission
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPost("{id:guid}/send-to-commission", Handle)
            .WithIdempotency()
            .WithSummary("Send to the commission that decides");

    public static async Task<Ok<ApplicationView>> Handle(Guid id, Transitions transitions, CancellationToken ct)
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.SendToCommission, ct);
        move.Application.SendToCommission(move.By, move.At);
        return await move.CommitAsync(ct);
    }
}
