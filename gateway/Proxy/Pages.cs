using System.Text.RegularExpressions;
using PedAtt.Gateway.Sessions;

namespace PedAtt.Gateway.Proxy;

/// <summary>
/// The pages (web/) are whatever the gateway does not answer otherwise. They are a client of the public API with the
/// rights of who is signed in: a request to them carries the session's token and, for their forms, its CSRF token;
/// their own calls come back through the gateway like anybody's.
/// </summary>
public static class Pages
{
    public const string Service = "web";

    private static readonly string[] NotPages =
    [
        "api",
        "internal",
        "session",
        "docs",
        "health",
        "openapi",
        @"\.well-known",
    ];

    private static readonly string Pattern = $"^(?!({string.Join('|', NotPages)})(/|$))";

    /// <summary>The route's template: any path but those of the API and of the gateway itself.</summary>
    public static string Template { get; } = $"/{{**page:regex({Pattern})}}";

    public static bool Is(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Yarp.ReverseProxy.Model.RouteModel>()?.Config.ClusterId == Service;

    /// <summary>What no page can say, because the pages or what stands before them is away, a person's browser is told
    /// in words.</summary>
    public static void AddPageProblems(this WebApplicationBuilder builder) =>
        ProblemPage.Register(
            builder.Services,
            new(
                http => Regex.IsMatch(http.Request.Path.ToString().TrimStart('/'), Pattern, RegexOptions.IgnoreCase),
                Csrf.IsSameOrigin
            )
        );

    /// <summary>The address and the origin that the pages name are those of their reader.</summary>
    public static void UsePagesProof(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                if (
                    http.Request.Headers.TryGetValue(PagesHeaders.Proof, out var proof)
                    && await http.RequestServices.GetRequiredService<ServiceTokens>().IsValidAsync($"Bearer {proof}")
                    && System.Net.IPAddress.TryParse(
                        http.Request.Headers["X-Forwarded-For"].ToString(),
                        out var address
                    )
                )
                {
                    http.Connection.RemoteIpAddress = address;
                    http.Request.Scheme = http.Request.Headers["X-Forwarded-Proto"].ToString();
                    http.Request.Host = new HostString(http.Request.Headers["X-Forwarded-Host"].ToString());
                }
                await next(http);
            }
        );

    /// <summary>Of the cookies the pages get their own, never the session's.</summary>
    public static string? CookiesFor(HttpContext http)
    {
        var theirs = http
            .Request.Cookies.Where(cookie => !SessionCookie.IsOne(cookie.Key))
            .Select(cookie => $"{cookie.Key}={cookie.Value}");
        return string.Join("; ", theirs) is { Length: > 0 } cookies ? cookies : null;
    }
}
