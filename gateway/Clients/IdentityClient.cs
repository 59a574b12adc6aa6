using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using PedAtt.Gateway.Sessions;

namespace PedAtt.Gateway.Clients;

/// <summary>
/// Identity's public calls, made for the browser: the gateway holds no power of its own there, only the tokens of who
/// signed in.
/// </summary>
public sealed class IdentityClient(IHttpClientFactory clients)
{
    public const string Name = "identity-public";

    /// <summary>
    /// POST /tokens, or /tokens/eds, with the body as the browser sent it: Identity alone judges it, and its words are
    /// passed on.
    /// </summary>
    public Task<HttpResponseMessage> SignInAsync(HttpContext http, byte[] body, bool withEds, CancellationToken ct) =>
        SendAsync(
            new(HttpMethod.Post, withEds ? "api/identity/tokens/eds" : "api/identity/tokens")
            {
                Content = Content(http, body),
            },
            http,
            ct
        );

    public Task<HttpResponseMessage> MeAsync(HttpContext http, BrowserSession session, CancellationToken ct) =>
        SendAsync(Signed(HttpMethod.Get, "api/identity/me", session), http, ct);

    public Task<HttpResponseMessage> SignOutAsync(HttpContext http, BrowserSession session, CancellationToken ct) =>
        SendAsync(Signed(HttpMethod.Delete, "api/identity/tokens", session), http, ct);

    public async Task<Renewal> RefreshAsync(string refreshToken, CancellationToken ct)
    {
        try
        {
            using var answer = await SendAsync(
                new(HttpMethod.Post, "api/identity/tokens/refresh")
                {
                    Content = JsonContent.Create(new { refreshToken }),
                },
                null,
                ct
            );
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new Renewal.Renewed(
                    (await answer.Content.ReadFromJsonAsync<TokenPair>(Json.Options, ct))!
                ),
                HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest => new Renewal.Refused(),
                _ => new Renewal.Unknown(),
            };
        }
        catch (Exception e) when (e is HttpRequestException or Problem or TaskCanceledException)
        {
            return new Renewal.Unknown();
        }
    }

    /// <exception cref="Problem">503 service.unavailable</exception>
    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        HttpContext? http,
        CancellationToken ct
    )
    {
        using var sent = request;
        if (http is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", ClientAddress.Of(http).ToString());
            request.Headers.TryAddWithoutValidation("Accept-Language", http.Request.Headers.AcceptLanguage.ToString());
        }
        try
        {
            return await clients.CreateClient(Name).SendAsync(request, ct);
        }
        catch (HttpRequestException)
        {
            throw Problem.Unavailable();
        }
    }

    private static HttpRequestMessage Signed(HttpMethod method, string path, BrowserSession session) =>
        new(method, path) { Headers = { Authorization = new("Bearer", session.AccessToken) } };

    private static ByteArrayContent Content(HttpContext http, byte[] body)
    {
        var content = new ByteArrayContent(body);
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type))
            content.Headers.ContentType = type;
        return content;
    }
}
