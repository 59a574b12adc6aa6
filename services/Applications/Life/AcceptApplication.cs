using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class AcceptApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/accept", Handle).WithIdempotency().WithSummary("Accept by the signed receipt");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        Transitions transitions,
        DocumentsClient documents,
        CancellationToken ct
    )
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.Accept, ct);
        Readiness.RequireReceipt(await documents.FreezeAsync(move, ct), "acceptance");
        move.Application.Accept(move.By, move.At);
        return await move.CommitAsync(ct);
    }
}
