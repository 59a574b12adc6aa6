using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Gateway.Tests.Limits;

public class RequestLimitsTests
{
    [Fact]
    public async Task Ten_thousand_requests_from_one_caller_meet_the_limit_and_several_hundred_do_not()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream);

        var some = await SendAsync(800);
        Assert.All(some, status => Assert.Equal(HttpStatusCode.OK, status));

        var many = await SendAsync(10_000);
        Assert.Contains(HttpStatusCode.TooManyRequests, many);
        Assert.Contains(HttpStatusCode.OK, many);

        // Signing in is counted by itself: who floods the lists does not keep a school from signing in.
        using var signIn = await gateway.Http.PostAsJsonAsync("/api/identity/tokens", new { });
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);

        async Task<HttpStatusCode[]> SendAsync(int count)
        {
            var statuses = new HttpStatusCode[count];
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = 32 },
                async (i, ct) =>
                {
                    using var answer = await gateway.Http.GetAsync("/api/applications", ct);
                    statuses[i] = answer.StatusCode;
                }
            );
            return statuses;
        }
    }

    [Theory]
    [InlineData("Verify", "GET", "/api/documents/verify/abc")]
    [InlineData("Registration", "POST", "/api/identity/registrations")]
    [InlineData("Password", "POST", "/api/identity/password/forgot")]
    [InlineData("SignIn", "POST", "/api/identity/tokens/refresh")]
    [InlineData("Address", "GET", "/api/applications")]
    public async Task Over_the_limit_is_429_with_the_time_to_wait(string limit, string method, string path)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            upstream,
            ($"RateLimits__{limit}__Burst", "2"),
            ($"RateLimits__{limit}__PerSecond", "0.01")
        );
        Task<HttpResponseMessage> SendAsync() => gateway.Http.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(HttpStatusCode.OK, (await SendAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync()).StatusCode);
        using var refused = await SendAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 100);
        Assert.Equal(
            "too-many-requests",
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        // Another kind of call has its own count.
        using var health = await gateway.Http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}
