namespace PedAtt.Identity.Tokens;

/// <summary>What a program needs to check our access tokens (OpenID Connect Discovery 1.0, RFC 7517).</summary>
public static class Discovery
{
    private static readonly string[] Algorithms = ["ES256"];
    private static readonly string[] Subjects = ["public"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/.well-known/openid-configuration",
                (IConfiguration configuration) =>
                {
                    var origin = Authentication.PublicUrl(configuration);
                    return TypedResults.Json(
                        new Dictionary<string, object>
                        {
                            ["issuer"] = origin,
                            ["jwks_uri"] = $"{origin}/.well-known/jwks.json",
                            ["token_endpoint"] = $"{origin}/api/identity/tokens",
                            ["id_token_signing_alg_values_supported"] = Algorithms,
                            ["subject_types_supported"] = Subjects,
                            ["response_types_supported"] = Array.Empty<string>(),
                        }
                    );
                }
            )
            .AllowAnonymous();
        app.MapGet(
                "/.well-known/jwks.json",
                async (HttpContext http, SigningKeys keys, CancellationToken ct) =>
                {
                    var published = await keys.PublishedAsync(ct);
                    http.Response.Headers.CacheControl = "public, max-age=60";
                    return TypedResults.Json(
                        new
                        {
                            keys = published.Select(key => new
                            {
                                kty = "EC",
                                crv = "P-256",
                                use = "sig",
                                alg = "ES256",
                                kid = key.Kid,
                                x = key.X,
                                y = key.Y,
                            }),
                        }
                    );
                }
            )
            .AllowAnonymous();
    }
}
