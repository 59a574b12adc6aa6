using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Gateway.Tests;

public class SystemHealthTests
{
    [Fact]
    public async Task The_system_is_healthy_when_every_service_has_a_ready_replica()
    {
        await using var upstream = await Upstream.StartAsync();
        var services = RunningGateway.Behind($"http://127.0.0.1:{RunningGateway.FreePort()}", upstream.Address);
        await using var gateway = await RunningGateway.StartAsync(services);

        var report = "";
        for (var i = 0; i < 300; i++)
        {
            using var answer = await gateway.Http.GetAsync("/health");
            report = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(100);
        }
        Assert.Fail(report);
    }

    [Fact]
    public async Task One_service_that_is_away_is_named()
    {
        await using var upstream = await Upstream.StartAsync();
        var services = RunningGateway.Behind(upstream.Address);
        services["services__documents__http__0"] = $"http://127.0.0.1:{RunningGateway.FreePort()}";
        await using var gateway = await RunningGateway.StartAsync(services);

        using var answer = await gateway.Http.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var report = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("services");
        Assert.Equal("not-ready", report.GetProperty("documents").GetString());
        Assert.Equal("ready", report.GetProperty("portfolio").GetString());
    }

    /// <summary>Without it nobody signs in, whatever the services say.</summary>
    [Fact]
    public async Task A_gateway_whose_own_database_is_away_is_not_ready()
    {
        await using var upstream = await Upstream.StartAsync();
        var nowhere = $"Host=127.0.0.1;Port={RunningGateway.FreePort()};Database=gateway;Username=gateway";
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.Behind(upstream.Address), nowhere);

        using var answer = await gateway.Http.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var report = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("services");
        Assert.Equal("not-ready", report.GetProperty("gateway").GetString());
        Assert.Equal("ready", report.GetProperty("identity").GetString());
    }
}
