using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class ForwardApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/forward", Handle).WithIdempotency().WithSummary("Forward to the state service");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        Transitions transitions,
        PortfolioClient portfolios,
        CancellationToken ct
    )
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.Forward, ct);
        var portfolio = await portfolios.FreezeAsync(move, ct);
        Readiness.RequireToForward(portfolio);
        move.Application.Forward(JsonSerializer.Serialize(portfolio.Reviews, Json.Options), move.By, move.At);
        return await move.CommitAsync(ct);
    }
}
