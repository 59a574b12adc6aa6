using System.Security.Cryptography;
using System.Text;
using PedAtt.Gateway.Sessions;
using PedAtt.ServiceDefaults;

namespace PedAtt.Gateway.Proxy;

/// <summary>
/// The pages (web/) are whatever the gateway does not answer otherwise. They are a client of the public API with the rights of who is
/// signed in: a request to them carries the session's token and, for their forms, its CSRF token; their own calls come back through
/// the gateway like anybody's.
/// </summary>
public static class Pages
{
    public const string Service = "web";

    private static readonly string[] NotPages = ["api", "internal", "session", "docs", "health", "openapi", @"\.well-known"];

    // Of the look of the pages what can be said here: their own style sheet may be as far away as they are.
    private const string Style =
        "body{margin:0;border-top:4px solid #0b5d5e;color:#1c2b2d;font:17px/1.5 'Noto Sans',system-ui,sans-serif;overflow-wrap:break-word}"
        + "main{max-width:42rem;margin:0 auto;padding:28px 16px}strong{color:#07403f;font-size:22px}"
        + "h1{margin:32px 0 8px;font-size:25px;line-height:1.3}p{margin:0}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>The route's template: any path but those of the API and of the gateway itself.</summary>
    public static string Template { get; } = $"/{{**page:regex(^(?!({string.Join('|', NotPages)})(/|$)))}}";

    public static bool Is(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Yarp.ReverseProxy.Model.RouteModel>()?.Config.ClusterId == Service;

    /// <summary>The address and the origin that the pages name are those of their reader.</summary>
    public static void UsePagesProof(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Headers.TryGetValue(PagesHeaders.Proof, out var proof)
            && await http.RequestServices.GetRequiredService<ServiceTokens>().IsValidAsync($"Bearer {proof}")
            && System.Net.IPAddress.TryParse(http.Request.Headers["X-Forwarded-For"].ToString(), out var address))
        {
            http.Connection.RemoteIpAddress = address;
            http.Request.Scheme = http.Request.Headers["X-Forwarded-Proto"].ToString();
            http.Request.Host = new HostString(http.Request.Headers["X-Forwarded-Host"].ToString());
        }
        await next(http);
    });

    /// <summary>
    /// A refusal of the gateway's own: where a person's browser asked for a page, in words and in both languages, since the pages
    /// cannot say it.
    /// </summary>
    public static Task RefuseAsync(HttpContext http, int status, string code, TimeSpan? retryAfter = null)
    {
        if (!Is(http) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return Problems.WriteAsync(http, status, code, retryAfter: retryAfter);
        var texts = http.RequestServices.GetRequiredService<ProblemTexts>();
        var words = string.Concat(new[] { Language.Kazakh, Language.Russian }.Select(language =>
        {
            var (title, detail) = texts.For(code, language);
            return $"<section lang=\"{language}\"><h1>{Encode(title)}</h1><p>{Encode(detail ?? "")}</p></section>";
        }));
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        return http.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"kk\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>ПедАтт</title><style>{Style}</style></head><body><main><strong>ПедАтт</strong>{words}</main></body></html>", http.RequestAborted);
    }

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);

    /// <summary>Of the cookies the pages get their own, never the session's.</summary>
    public static string? CookiesFor(HttpContext http)
    {
        var theirs = http.Request.Cookies.Where(cookie => !SessionCookie.IsOne(cookie.Key)).Select(cookie => $"{cookie.Key}={cookie.Value}");
        return string.Join("; ", theirs) is { Length: > 0 } cookies ? cookies : null;
    }
}
