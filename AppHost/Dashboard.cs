using System.Net;
using Microsoft.Extensions.Configuration;
using PedAtt.AppHost.Servers;

namespace PedAtt.AppHost;

/// <summary>
/// Aspire's dashboard, on this machine only and without a token. Its addresses are chosen here, so that the AppHost
/// starts in the same way with a launch profile, without one, and beside another system.
/// </summary>
internal static class Dashboard
{
    private const int Page = 18888;

    private static FileStream? pagePort; // ours while this process lives

    /// <summary>Where its pages are; null where PEDATT_DASHBOARD is false.</summary>
    public static Uri? Address { get; private set; }

    /// <summary>Aspire reads these settings while its builder is made, so they are set before.</summary>
    public static DistributedApplicationOptions Options(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        if (settings.GetValue("PEDATT_DASHBOARD", true))
        {
            Address = new(
                settings["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } wanted
                    ? wanted
                    : $"http://localhost:{FreePage()}"
            );
            Set("ASPNETCORE_URLS", Address.GetLeftPart(UriPartial.Authority));
            Set("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"http://localhost:{PortBlock.Ours.Telemetry}");
            Set("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"http://localhost:{PortBlock.Ours.Resources}");
            Set("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true");
            Set("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true");
        }
        return new() { Args = args, DisableDashboard = Address is null };
    }

    /// <summary>Whether somebody who opens it now sees something.</summary>
    public static async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        if (Address is null)
            return false;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            using var answer = await http.GetAsync(Address, cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static int FreePage()
    {
        pagePort = PortBlock.TryHold(Page);
        return pagePort is null ? PortBlock.Ours.DashboardPage : Page;
    }

    private static void Set(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            Environment.SetEnvironmentVariable(name, value);
    }
}
