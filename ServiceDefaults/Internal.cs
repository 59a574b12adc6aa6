using System.Net;
using System.Net.Http.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults;

/// <summary>
/// How services speak with each other: HTTP under /internal, which the gateway never routes, with a token that one service
/// made for one other service and that lives a minute.
/// </summary>
public static class Internal
{
    /// <summary>The group takes only a token of a service, made for this one.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/internal").AllowAnonymous().ExcludeFromDescription();
        group.AddEndpointFilter(async (context, next) =>
        {
            var tokens = context.HttpContext.RequestServices.GetRequiredService<ServiceTokens>();
            if (!await tokens.IsValidAsync(context.HttpContext.Request.Headers.Authorization.ToString()))
                throw Problem.With(401, "not-signed-in");
            return await next(context);
        });
        return group;
    }

    /// <summary>A typed client of another service's internal calls.</summary>
    public static void AddInternalClient<TClient>(this IHostApplicationBuilder builder, string service) where TClient : class =>
        builder.Services.AddHttpClient<TClient>(client =>
            {
                client.BaseAddress = new Uri($"http://{service}/internal/");
                client.Timeout = TimeSpan.FromSeconds(20);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectTimeout = TimeSpan.FromSeconds(2),
            })
            .AddHttpMessageHandler(services => new InternalHandler(
                service, ServiceAddresses.Of(builder.Configuration, service), services.GetRequiredService<ServiceTokens>()));

    /// <summary>The answer, or null for 404.</summary>
    /// <exception cref="ProblemException">503 service.unavailable</exception>
    public static async Task<TAnswer?> AskAsync<TAnswer>(this HttpClient http, string path, CancellationToken ct) where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<TAnswer>(http, request, ct);
    }

    /// <inheritdoc cref="AskAsync{TAnswer}(HttpClient, string, CancellationToken)"/>
    public static async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        this HttpClient http, string path, TQuestion question, CancellationToken ct) where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(question, options: Json.Options),
        };
        // A body with a length can be sent again to another replica.
        await request.Content.LoadIntoBufferAsync(ct);
        return await SendAsync<TAnswer>(http, request, ct);
    }

    private static async Task<TAnswer?> SendAsync<TAnswer>(HttpClient http, HttpRequestMessage request, CancellationToken ct)
        where TAnswer : class
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if ((int)response.StatusCode >= 500)
                throw Problem.Unavailable();
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<TAnswer>(Json.Options, ct);
        }
        catch (Exception e) when (e is HttpRequestException { StatusCode: null } or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw Problem.Unavailable();
        }
    }
}

/// <summary>The addresses of a service: <c>services:{name}:http:0</c> to n, as Aspire hands them out; one or several.</summary>
public static class ServiceAddresses
{
    public static IReadOnlyList<Uri> Of(IConfiguration configuration, string service)
    {
        var section = configuration.GetSection($"services:{service}:http");
        Uri[] addresses = [.. section.GetChildren().Where(child => !string.IsNullOrEmpty(child.Value)).Select(child => new Uri(child.Value!))];
        return addresses.Length > 0 ? addresses : [new Uri($"http://{service}")];
    }
}

/// <summary>
/// Puts the service's token on the call, spreads the calls over the replicas, and goes on to the next one, a few times,
/// when one does not answer: every internal call may be repeated.
/// </summary>
internal sealed class InternalHandler(string service, IReadOnlyList<Uri> addresses, ServiceTokens tokens) : DelegatingHandler
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1)];

    private static int next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        request.Headers.Authorization = new("Bearer", tokens.For(service));
        for (var round = 0; ; round++)
        {
            for (var i = 0; i < addresses.Count; i++)
            {
                var address = addresses[(int)((uint)Interlocked.Increment(ref next) % addresses.Count)];
                request.RequestUri = new Uri(address, path);
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException) when (round < Waits.Length - 1 || i < addresses.Count - 1)
                {
                }
            }
            await Task.Delay(Waits[Math.Min(round + 1, Waits.Length - 1)], cancellationToken);
        }
    }
}

/// <summary>Makes and checks the tokens by which services know each other, signed with the key they share (<c>Internal:Key</c>).</summary>
public sealed class ServiceTokens(string self, SecurityKey key, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> made = new();

    public string For(string audience)
    {
        var now = clock.GetUtcNow();
        if (made.TryGetValue(audience, out var known) && known.Until > now)
            return known.Token;
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = self,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime.AddSeconds(-10),
            Expires = (now + Life).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        made[audience] = (token, now + (Life / 2));
        return token;
    }

    public async Task<bool> IsValidAsync(string authorization)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return false;
        var result = await Handler.ValidateTokenAsync(authorization["Bearer ".Length..], new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidAudience = self,
            ValidateIssuer = false,
            LifetimeValidator = (from, until, _, _) =>
                from <= clock.GetUtcNow().UtcDateTime.AddSeconds(5) && until >= clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid;
    }
}
