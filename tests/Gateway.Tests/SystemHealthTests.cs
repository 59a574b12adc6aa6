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

        using var answer = await gateway.Http.GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
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
}
