using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

public static class ReturnApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/return", Handle).WithIdempotency().WithSummary("Return for revision");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        Transitions transitions,
        PortfolioClient portfolios,
        CancellationToken ct
    )
    {
        await using var move = await transitions.BeginAsync(id, ApplicationAction.Return, ct);
        var portfolio = await portfolios.FreezeAsync(move, ct);
        Readiness.RequireToReturn(portfolio);
        move.Application.Return(
            portfolio.Returned,
            JsonSerializer.Serialize(portfolio.Reviews, Json.Options),
            move.By,
            move.At
        );
        return await move.CommitAsync(ct);
    }
}
