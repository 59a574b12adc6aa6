namespace PedAtt.Gateway;

/// <summary>
/// What every answer tells the browser, unless the service that answers says something stricter itself.
/// </summary>
public static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    ];

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                http.Response.OnStarting(() =>
                {
                    var headers = http.Response.Headers;
                    foreach (var (name, value) in Always)
                        headers.TryAdd(name, value);
                    // A year, and only over https: said over http it would be ignored.
                    if (http.Request.IsHttps)
                        headers.TryAdd("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
                    // Nothing of a person stays in a shared computer's cache.
                    if (
                        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/session")
                    )
                        headers.TryAdd("Cache-Control", "no-store");
                    return Task.CompletedTask;
                });
                return next(http);
            }
        );
}
