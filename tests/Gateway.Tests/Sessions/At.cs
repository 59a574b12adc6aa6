using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Gateway.Tests.Sessions;

/// <summary>A browser at a gateway: it keeps the cookie that it was given and sends it along.</summary>
public sealed class At : IAsyncDisposable
{
    public required TokenIssuer Issuer { get; init; }

    public required Upstream Upstream { get; init; }

    public required RunningGateway Gateway { get; init; }

    public string? Cookie { get; set; }

    public static async Task<At> StartAsync(TokenIssuer? issuer = null, params (string, string)[] settings)
    {
        issuer ??= new TokenIssuer();
        var upstream = await Upstream.StartAsync(issuer.AnswerAsync);
        return new()
        {
            Issuer = issuer,
            Upstream = upstream,
            Gateway = await RunningGateway.StartAsync(upstream, settings),
        };
    }

    public async Task<HttpResponseMessage> SignInAsync()
    {
        var answer = await Gateway.Http.PostAsJsonAsync("/session", new { login = "a", password = "right" });
        Cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return answer;
    }

    /// <summary>What GET /session tells a browser to send along with changes.</summary>
    public async Task<string> CsrfAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/session");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrfToken").GetString()!;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        Action<HttpRequestMessage>? also = null,
        RunningGateway? by = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", Cookie);
        also?.Invoke(request);
        return await (by ?? Gateway).Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
