using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace PedAtt.Edge;

/// <summary>
/// A problem where a person's browser asked for a page and the pages themselves cannot say it: a small page that needs
/// nothing else of the system. In Kazakh and in Russian, since its reader may not be known; a form that was sent is
/// kept in it, to be sent again.
/// </summary>
/// <param name="isPage">Whether the address is one of the pages.</param>
/// <param name="isOurs">Whether our own page sent the form: what another's sent must not be sent again by one
/// press.</param>
public sealed class ProblemPage(Func<HttpContext, bool> isPage, Func<HttpContext, bool> isOurs)
{
    /// <summary>What is larger has files in it, which no page can keep.</summary>
    private const long MostKept = 1024 * 1024;

    // Of the look of the pages what can be said here: their own style sheet may be as far away as they are.
    private const string Style =
        "body{margin:0;border-top:4px solid #0b5d5e;color:#1c2b2d;font:17px/1.5 'Noto Sans',system-ui,sans-serif;overflow-wrap:break-word}"
        + "main{max-width:42rem;margin:0 auto;padding:28px 16px}strong{color:#07403f;font-size:22px}"
        + "h1,h2{margin:32px 0 8px;font-size:25px;line-height:1.3}p{margin:0 0 8px}a{color:#0b5d5e}"
        + "button{margin-top:24px;padding:8px 16px;border:0;color:#fff;background:#0b5d5e;font:inherit;cursor:pointer}";

    private static readonly string[] languages = [Language.Kazakh, Language.Russian];

    /// <summary>For the policy of a page in whose place this one may come.</summary>
    public static string StyleSource { get; } =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>From here on a browser that asks for a page is told of a problem in one.</summary>
    public static void Register(IServiceCollection services, ProblemPage page) =>
        services.AddSingleton(new ProblemPages(page.Answers, page.WriteAsync));

    private bool Answers(HttpContext http) =>
        isPage(http) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private async Task WriteAsync(HttpContext http, int status, string code, TimeSpan? retryAfter)
    {
        var texts = http.RequestServices.GetRequiredService<ProblemTexts>();
        var passes = status is 429 or >= 500;
        var fields = passes && isOurs(http) ? await FieldsAsync(http.Request) : [];
        var body = new StringBuilder();
        foreach (var language in languages)
        {
            var (title, detail) = texts.For(code, language);
            var heading = language == Language.Kazakh ? "h1" : "h2";
            body.Append($"<section lang=\"{language}\"><{heading}>{Html(title)}</{heading}><p>{Html(detail)}</p>");
            if (fields.Count > 0)
                body.Append($"<p>{Html(texts.For(SharedCodes.FormKept, language).Detail)}</p>");
            body.Append("</section>");
        }
        var here = Html(http.Request.Path + http.Request.QueryString);
        if (fields.Count > 0)
            body.Append($"<form method=\"post\" action=\"{here}\">")
                .AppendJoin("", fields.Select(Hidden))
                .Append($"<button>{Both(SharedCodes.FormKept)}</button></form>");
        else if (passes && HttpMethods.IsGet(http.Request.Method))
            body.Append($"<p><a href=\"{here}\">{Both(SharedCodes.PageAgain)}</a></p>");

        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {StyleSource}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        // Not "no-referrer": with that a browser sends "Origin: null" with the form.
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        await http.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"kk\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + $"<title>{Html(texts.For(code, Language.Kazakh).Title)} — ПедАтт</title><style>{Style}</style></head><body><main><strong>ПедАтт</strong>{body}</main></body></html>",
            http.RequestAborted
        );

        string Both(string key) =>
            string.Join(
                " · ",
                languages.Select(language => $"<span lang=\"{language}\">{Html(texts.For(key, language).Title)}</span>")
            );
    }

    /// <summary>A password is no text to stand in a page: it is typed again.</summary>
    public static bool Keeps(string field) => !field.EndsWith("password", StringComparison.OrdinalIgnoreCase);

    /// <summary>All but the files.</summary>
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> FieldsAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostKept)
            return [];
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return
            [
                .. form.Where(field => Keeps(field.Key))
                    .SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? "")),
            ];
        }
        catch (Exception gone)
            when (gone is IOException or InvalidDataException or InvalidOperationException or BadHttpRequestException)
        {
            // It was on its way already when that way ended.
            return [];
        }
    }

    private static string Hidden(KeyValuePair<string, string> field) =>
        $"<input type=\"hidden\" name=\"{Html(field.Key)}\" value=\"{Html(field.Value)}\">";

    private static string Html(string? text) => WebUtility.HtmlEncode(text ?? "");
}
