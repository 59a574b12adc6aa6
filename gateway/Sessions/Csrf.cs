using System.Buffers.Text;

namespace PedAtt.Gateway.Sessions;

/// <summary>
/// A change that rides on the cookie must prove twice that our own page asked for it: by a token that only our page can
/// read (GET /session), and by what the browser itself says of where the request comes from.
/// </summary>
public static class Csrf
{
    public const string Header = "X-CSRF-Token";

    public static string TokenOf(string cookie) => Base64Url.EncodeToString(SessionCookie.Digest("csrf", cookie));

    public static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);

    /// <exception cref="Problem">403 csrf.invalid</exception>
    public static void Check(HttpContext http, string cookie)
    {
        if (!IsToken(http.Request.Headers[Header].ToString(), cookie) || !IsSameOrigin(http))
            throw Problem.NotAllowed(Codes.CsrfInvalid);
    }

    public static bool IsToken(string given, string cookie) => CsrfToken.Match(given, TokenOf(cookie));

    /// <summary>One of the two headers must say "same origin", and neither may say anything else.</summary>
    public static bool IsSameOrigin(HttpContext http) => SaysOurs(http, out var said) && said;

    /// <summary>For signing in, which a program without either header may do too.</summary>
    public static bool IsNotForeign(HttpContext http) => SaysOurs(http, out _);

    private static bool SaysOurs(HttpContext http, out bool said)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        said = origin.Length > 0 || site.Length > 0;
        return (origin.Length == 0 || IsOurs(http, origin)) && (site.Length == 0 || site == "same-origin");
    }

    private static bool IsOurs(HttpContext http, string origin)
    {
        var configured = http.RequestServices.GetRequiredService<IConfiguration>()["PEDATT_PUBLIC_URL"];
        return string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase)
            || (
                Uri.TryCreate(configured, UriKind.Absolute, out var url)
                && string.Equals(origin, url.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            );
    }
}
