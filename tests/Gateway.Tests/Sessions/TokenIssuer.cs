using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.Gateway.Tests.Sessions;

/// <summary>
/// Gives and renews tokens over HTTP as api.md says, and counts what it is asked: how often a refresh token is spent
/// cannot be seen from outside Identity. That Identity and the gateway understand each other is what System.Tests
/// walks.
/// </summary>
public sealed class TokenIssuer
{
    private readonly ConcurrentDictionary<string, bool> spent = new();
    private int made;

    public Guid User { get; } = Guid.CreateVersion7();

    public Guid Challenge { get; } = Guid.CreateVersion7();

    public int ExpiresIn { get; set; } = 600;

    public int Refreshes { get; private set; }

    public bool IsDead { get; set; }

    public bool IsAway { get; set; }

    public string? SignedOutWith { get; private set; }

    public string? LastToken { get; private set; }

    public async Task AnswerAsync(HttpContext http)
    {
        if (IsAway)
        {
            http.Response.StatusCode = 503;
            return;
        }
        switch ($"{http.Request.Method} {http.Request.Path}")
        {
            case "POST /api/identity/tokens":
                var asked = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
                if (asked.GetProperty("password").GetString() == "right")
                    await GiveAsync(http);
                else
                    await RefuseAsync(http, 401, "credentials.invalid");
                break;
            case "POST /api/identity/tokens/eds":
                var signed = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
                if (
                    signed.GetProperty("challengeId").GetGuid() == Challenge
                    && signed.GetProperty("cms").GetString() == "right"
                )
                    await GiveAsync(http);
                else
                    await RefuseAsync(http, 422, "signature.invalid");
                break;
            case "POST /api/identity/tokens/refresh":
                var refresh = (await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body))
                    .GetProperty("refreshToken")
                    .GetString()!;
                lock (spent)
                    Refreshes++;
                // Long enough for every other request to have come meanwhile.
                await Task.Delay(300);
                if (IsDead || !spent.TryAdd(refresh, true))
                    await RefuseAsync(http, 401, "refresh.reused");
                else
                    await GiveAsync(http);
                break;
            case "DELETE /api/identity/tokens":
                SignedOutWith = http.Request.Headers.Authorization;
                http.Response.StatusCode = 204;
                break;
            case "GET /api/identity/me":
                await http.Response.WriteAsJsonAsync(new { id = User, name = "Сейтқали Әсел" });
                break;
            case "GET /api/applications/ended":
                await RefuseAsync(http, 401, "session.ended");
                break;
            default:
                await http.Response.WriteAsync(http.Request.Headers.Authorization.ToString());
                break;
        }
    }

    private Task GiveAsync(HttpContext http)
    {
        LastToken = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = User.ToString(),
                    ["n"] = Interlocked.Increment(ref made),
                },
            }
        );
        return http.Response.WriteAsJsonAsync(
            new
            {
                accessToken = LastToken,
                expiresIn = ExpiresIn,
                refreshToken = $"refresh-{made}",
            }
        );
    }

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        if (code == "credentials.invalid")
            http.Response.Headers.RetryAfter = "7";
        return http.Response.WriteAsJsonAsync(
            new { status, code },
            options: null,
            contentType: "application/problem+json"
        );
    }
}
