using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.Tokens;

public static class RefreshTokens
{
    public sealed record Request(string? RefreshToken);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("tokens/refresh", Handle)
            .AllowAnonymous()
            .WithSummary("A new pair of tokens")
            .TakesJson<Request>();

    public static async Task<Ok<TokenPair>> Handle(HttpContext http, Sessions sessions, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        if (request.RefreshToken is null)
            errors.Add("refreshToken", FieldCodes.Required);
        errors.ThrowIfAny();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await sessions.RenewAsync(request.RefreshToken!, ct));
    }
}
