using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Documents.Trust;

/// <summary>Whether test keys count here: every page then says so in a banner.</summary>
public static class GetTrust
{
    public sealed record Response(TrustProfile Profile);

    public static void Map(IEndpointRouteBuilder documents) =>
        documents
            .MapGet("trust", Handle)
            .AllowAnonymous()
            .WithSummary("Whose signatures count: production's, or also those of test keys");

    public static Ok<Response> Handle(TrustStore trust) => TypedResults.Ok(new Response(trust.Profile));
}
