using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Reviews;

/// <summary>What a return made now would name, without freezing anything.</summary>
public static class ListReturnedBlocks
{
    public static void Map(IEndpointRouteBuilder @internal) =>
        @internal.MapPost("portfolios/{id:guid}/returned-blocks", Handle);

    public static async Task<Ok<IReadOnlyList<string>>> Handle(
        Guid id,
        ReturnedBlocksQuery query,
        PortfolioDb db,
        Catalogue catalogue,
        CancellationToken ct
    ) => TypedResults.Ok((await db.StateAsync(id, catalogue.For(query), ct)).Returned);
}
