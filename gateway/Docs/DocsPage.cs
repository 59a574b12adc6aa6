namespace PedAtt.Gateway.Docs;

/// <summary>
/// GET /docs: one small page of our own that shows the OpenAPI documents of all services together. It asks nobody but
/// us, so it works in a closed network, and the strict policy of its headers can say so.
/// </summary>
public static class DocsPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapDocs(this WebApplication app)
    {
        app.MapOpenApi("/docs/gateway.json");
        Map(app, "/docs", "index.html", "text/html; charset=utf-8");
        Map(app, "/docs/docs.css", "docs.css", "text/css; charset=utf-8");
        Map(app, "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
    }

    private static void Map(WebApplication app, string path, string file, string contentType)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream(file)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        app.MapGet(
                path,
                (HttpContext http) =>
                {
                    http.Response.Headers.ContentSecurityPolicy = Policy;
                    http.Response.Headers.CacheControl = "no-cache";
                    return Results.Bytes(bytes, contentType);
                }
            )
            .ExcludeFromDescription();
    }
}
