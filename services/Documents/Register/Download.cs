using Microsoft.Net.Http.Headers;

namespace PedAtt.Documents.Register;

/// <summary>How bytes that people brought or signed leave us: never run by a browser, never kept by anybody
/// between.</summary>
public static class Download
{
    public static bool IsInline(HttpContext http) =>
        string.Equals(http.Request.Query["inline"], "true", StringComparison.OrdinalIgnoreCase);

    public static void Protect(HttpContext http, string name, bool inline)
    {
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        var headers = http.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
    }
}
