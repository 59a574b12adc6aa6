using Microsoft.Extensions.Diagnostics.HealthChecks;
using PedAtt.Gateway.Proxy;
using Yarp.ReverseProxy;

namespace PedAtt.Gateway;

/// <summary>
/// GET /health: whether the whole system can serve. A service is ready when one of its replicas is; the gateway's own
/// sessions are asked for too, without which nobody signs in.
/// </summary>
public sealed class SystemHealth(
    IHttpClientFactory clients,
    IProxyStateLookup proxy,
    HealthCheckService own,
    TimeProvider clock
) : IDisposable
{
    public const string ClientName = "health";

    /// <summary>Many may ask; the services are asked once a second.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private (DateTimeOffset At, Report Report) last;

    /// <param name="Status"><c>ready</c> or <c>not-ready</c>.</param>
    public sealed record Report(string Status, IReadOnlyDictionary<string, string> Services);

    public static void Map(WebApplication app) =>
        app.MapGet(
                "/health",
                async (SystemHealth health, CancellationToken ct) =>
                {
                    var report = await health.ReportAsync(ct);
                    return Results.Json(report, statusCode: report.Status == "ready" ? 200 : 503);
                }
            )
            .WithSummary("Whether every service is ready")
            .Produces<Report>()
            .Produces<Report>(503);

    public void Dispose() => one.Dispose();

    private async Task<Report> ReportAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            if (now - last.At > KeptFor)
            {
                var ready = await Task.WhenAll([IsReadyAsync(ct), .. Routes.Services.Select(IsReadyAsync)]);
                var services = Routes
                    .Services.Prepend("gateway")
                    .Zip(ready)
                    .ToDictionary(pair => pair.First, pair => pair.Second ? "ready" : "not-ready");
                last = (now, new(ready.All(yes => yes) ? "ready" : "not-ready", services));
            }
            return last.Report;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken ct) =>
        (await own.CheckHealthAsync(ct)).Status == HealthStatus.Healthy;

    private async Task<bool> IsReadyAsync(string service)
    {
        var addresses = proxy.TryGetCluster(service, out var cluster)
            ? cluster.Destinations.Values.Select(replica => replica.Model.Config.Address)
            : [];
        var replicas = await Task.WhenAll(
            addresses.Select(async address =>
            {
                try
                {
                    using var answer = await clients
                        .CreateClient(ClientName)
                        .GetAsync(new Uri(new Uri(address), "/health/ready"));
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            })
        );
        return replicas.Any(yes => yes);
    }
}
