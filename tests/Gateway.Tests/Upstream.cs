using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PedAtt.Gateway.Tests;

/// <summary>
/// An HTTP server that answers as a test tells it to. It stands for no service of ours: only for something behind a
/// proxy.
/// </summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication app;

    private Upstream(WebApplication app) => this.app = app;

    public sealed record Seen(string Method, string RawTarget, IHeaderDictionary Headers);

    public ConcurrentQueue<Seen> Requests { get; } = [];

    public string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Upstream> StartAsync(RequestDelegate? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var upstream = new Upstream(builder.Build());
        upstream.app.Run(async http =>
        {
            var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
            // What the gateway asks for itself; the tests are about what others ask through it.
            if (target == "/health/ready")
            {
                await http.Response.WriteAsync("Healthy");
                return;
            }
            if (target.StartsWith("/internal/sessions/ended", StringComparison.Ordinal))
            {
                await http.Response.WriteAsJsonAsync(new EndedSessions(DateTimeOffset.UtcNow, []));
                return;
            }
            upstream.Requests.Enqueue(
                new(http.Request.Method, target, new HeaderDictionary(http.Request.Headers.ToDictionary()))
            );
            await (answer?.Invoke(http) ?? http.Response.WriteAsync("here"));
        });
        await upstream.app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
