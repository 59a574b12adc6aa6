using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace PedAtt.Gateway.Proxy;

/// <summary>
/// What the gateway leads to, whole: a path that is not in this table is answered 404 by the gateway itself.
/// Nothing here begins with /internal, and <see cref="PlainPaths"/> lets no path through that could turn into it.
/// </summary>
public static class Routes
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Everything but files: forms, signatures, lists.</summary>
    public const long SmallBody = 1 * Megabyte;

    /// <summary>
    /// The 60 MB of files and room around them: the service, which knows the order of decisions, draws the exact line.
    /// </summary>
    public const long UploadBody = 64 * Megabyte;

    /// <summary>A CSV with the logins of a whole region.</summary>
    private const long ImportBody = 8 * Megabyte;

    private static readonly IReadOnlyList<string> Apis =
    [
        "identity",
        "applications",
        "portfolio",
        "documents",
        "notifications",
    ];

    public static readonly IReadOnlyList<string> Services = [.. Apis, Pages.Service];

    private static readonly (string Id, string Path, string Service, long MaxBody)[] Rows =
    [
        ("discovery", "/.well-known/{**rest}", "identity", SmallBody),
        ("identity", "/api/identity/{**rest}", "identity", SmallBody),
        ("logins-import", "/api/identity/logins/import", "identity", ImportBody),
        ("applications", "/api/applications/{**rest}", "applications", SmallBody),
        ("categories", "/api/categories/{**rest}", "applications", SmallBody),
        ("categories-import", "/api/categories/import", "applications", ImportBody),
        ("portfolios", "/api/portfolios/{**rest}", "portfolio", UploadBody),
        ("documents", "/api/documents/{**rest}", "documents", SmallBody),
        ("scan", "/api/documents/{id}/scan", "documents", UploadBody),
        ("notifications", "/api/notifications/{**rest}", "notifications", SmallBody),
        ("start-page", "/", Pages.Service, SmallBody),
        // A form with files comes this way where the browser runs no script.
        ("pages", Pages.Template, Pages.Service, UploadBody),
    ];

    public static IReadOnlyList<RouteConfig> All =>
        [
            .. Rows.Select(row => new RouteConfig
            {
                RouteId = row.Id,
                ClusterId = row.Service,
                Match = new RouteMatch { Path = row.Path },
                // Whatever is ours otherwise comes first.
                Order = row.Service == Pages.Service ? 1000 : 0,
                MaxRequestBodySize = row.MaxBody,
            }),
            .. Apis.Select(service => new RouteConfig
            {
                RouteId = $"docs-{service}",
                ClusterId = service,
                Match = new RouteMatch { Path = $"/docs/{service}.json", Methods = ["GET"] },
                Transforms = [new Dictionary<string, string> { ["PathSet"] = "/openapi/v1.json" }],
            }),
        ];

    public static IReadOnlyList<ClusterConfig> Clusters =>
        [
            .. Services.Select(service => new ClusterConfig
            {
                ClusterId = service,
                LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
                // Each of its replicas becomes a destination.
                Destinations = new Dictionary<string, DestinationConfig>
                {
                    [service] = new() { Address = $"http://{service}" },
                },
                HealthCheck = new HealthCheckConfig
                {
                    // Where none seems healthy all are tried: a service that has just come back must not wait for the
                    // next probe.
                    AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
                    Active = new ActiveHealthCheckConfig
                    {
                        Enabled = true,
                        Interval = TimeSpan.FromSeconds(5),
                        Timeout = TimeSpan.FromSeconds(3),
                        Path = "/health/ready",
                        Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                    },
                },
            }),
        ];
}
