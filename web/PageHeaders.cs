namespace PedAtt.Web;

/// <summary>
/// What every page tells the browser: everything from us, nothing inline, and the one program on the reader's own
/// machine that signs. The same on all pages, because a smooth visit keeps the policy of the first.
/// </summary>
public static class PageHeaders
{
    public static void UsePageHeaders(this WebApplication app)
    {
        var policy =
            $"default-src 'none'; script-src 'self'; style-src 'self' {ProblemPage.StyleSource}; img-src 'self' data: blob:; font-src 'self'; "
            + $"connect-src 'self' {string.Join(' ', NcaLayer.Addresses(app.Configuration, app.Environment))}; worker-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                // Not "no-referrer": with that a browser sends "Origin: null" with our own forms.
                headers["Referrer-Policy"] = "same-origin";
                http.Response.OnStarting(() =>
                {
                    if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                        headers.CacheControl = "no-store";
                    return Task.CompletedTask;
                });
                return next(http);
            }
        );
    }
}

/// <summary>Where NCALayer listens on the reader's own machine; in Development also without TLS, as a stand-in of the
/// tests does.</summary>
public static class NcaLayer
{
    public static IReadOnlyList<string> Addresses(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetSection("NcaLayer:Addresses").Get<string[]>() is { Length: > 0 } configured ? configured
        : environment.IsDevelopment() ? ["wss://127.0.0.1:13579/", "ws://127.0.0.1:13579/"]
        : ["wss://127.0.0.1:13579/"];
}
