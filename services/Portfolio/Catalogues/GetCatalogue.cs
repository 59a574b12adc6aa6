using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Portfolio.Catalogues;

public static class GetCatalogue
{
    public sealed record Response(IReadOnlyList<SectionDefinition> Sections);

    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios
            .MapGet("catalogue", Handle)
            .WithSummary("Sections, blocks and fields, with the dates from and to which they count");

    public static Ok<Response> Handle(Catalogue catalogue) => TypedResults.Ok(new Response(catalogue.Sections));
}
