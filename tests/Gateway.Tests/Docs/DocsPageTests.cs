using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Gateway.Tests.Docs;

public class DocsPageTests
{
    [Fact]
    public async Task The_page_shows_every_services_document_and_asks_nobody_else()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream);

        using var page = await gateway.Http.GetAsync("/docs");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "connect-src 'self'",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        foreach (var file in (string[])["/docs", "/docs/docs.js", "/docs/docs.css"])
            Assert.DoesNotContain(
                "http://",
                (await gateway.Http.GetStringAsync(file)).Replace("http://www.w3.org", ""),
                StringComparison.Ordinal
            );

        foreach (var service in (string[])["identity", "applications", "portfolio", "documents", "notifications"])
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync($"/docs/{service}.json")).StatusCode);
        Assert.All(upstream.Requests, seen => Assert.Equal("/openapi/v1.json", seen.RawTarget));
        Assert.Equal(5, upstream.Requests.Count);

        var own = await gateway.Http.GetFromJsonAsync<JsonElement>("/docs/gateway.json");
        Assert.True(own.GetProperty("paths").TryGetProperty("/session", out _));
    }
}
