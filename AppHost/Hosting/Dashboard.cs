using Aspire.Hosting.ApplicationModel;
using PedAtt.AppHost.Servers;

namespace Aspire.Hosting;

/// <summary>The dashboard that comes with Aspire, here from its npm package; every project sends its telemetry there.</summary>
internal static class Dashboard
{
    public const string Name = "aspire-dashboard";

    public static void Add(DistributedApplicationBuilder builder)
    {
        var home = Provisioning.EnsureNpm(Provisioning.Dashboard, "the Aspire dashboard", Console.WriteLine);
        var package = Provisioning.Dashboard[..Provisioning.Dashboard.LastIndexOf('@')];
        // Aspire's own convention: the AppHost's ASPNETCORE_URLS is where the dashboard is shown.
        var wanted = Uri.TryCreate(builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[^1], UriKind.Absolute, out var url) ? url.Port : 18888;
        var ports = PortBlock.Take();
        var page = $"http://localhost:{(PortBlock.IsFree(wanted) ? wanted : ports.First)}";
        var telemetry = $"http://localhost:{ports.First + 1}";
        builder.Configuration["ASPNETCORE_URLS"] = page;

        var dashboard = builder.AddExecutable(Name, $"{home}/node_modules/{package}/bin/aspire", home,
                "dashboard", "run", "--allow-anonymous", "--frontend-url", page, "--otlp-grpc-url", telemetry)
            .WithHttpEndpoint(port: new Uri(page).Port);
        dashboard.WithEnvironment("ASPIRE_CLI_TELEMETRY_OPTOUT", "true");
        dashboard.Resource.Quiet = true;   // it draws pictures

        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            project.Environment.Add(environment =>
            {
                environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = new Literal(telemetry);
                environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = new Literal("grpc");
            });
        }
    }
}
