using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PedAtt.Contracts.Internal;

namespace PedAtt.ServiceDefaults;

/// <summary>Whether a sign-in was ended before its token runs out. Identity asks its own database; the others keep a list.</summary>
public interface IEndedSessions
{
    ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct);
}

/// <summary>Every service checks the access tokens of Identity by itself: signature, audience, time, and that the session lives.</summary>
public static class Authentication
{
    public const string Audience = "pedatt";

    /// <summary>The longest life of an access token, and so how long an ended session must be remembered.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    private const string Ended = "pedatt.session-ended";

    public static void AddTokenAuthentication(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentUser>();
        builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(services =>
            new ConfigurationManager<OpenIdConnectConfiguration>(
                ".well-known/jwks.json",
                new KeySetRetriever(),
                new KeySetDocument(services.GetRequiredService<IHttpClientFactory>(), ServiceAddresses.Of(builder.Configuration, "identity")))
            {
                // An unknown key id asks again at once, but not for every forged token that comes along.
                RefreshInterval = TimeSpan.FromSeconds(5),
                AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
            });
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
        {
            jwt.MapInboundClaims = false;
            jwt.RequireHttpsMetadata = false;
            jwt.TokenValidationParameters.ValidAudience = Audience;
            jwt.TokenValidationParameters.ValidTypes = ["at+jwt"];
            jwt.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
            jwt.TokenValidationParameters.ValidIssuer = PublicUrl(builder.Configuration);
            jwt.TokenValidationParameters.NameClaimType = "sub";
            jwt.Events = new JwtBearerEvents
            {
                OnTokenValidated = async context =>
                {
                    var ended = context.HttpContext.RequestServices.GetRequiredService<IEndedSessions>();
                    if (!Guid.TryParse(context.Principal?.FindFirst("sid")?.Value, out var session))
                        context.Fail("no sid");
                    else if (await ended.ContainsAsync(session, context.HttpContext.RequestAborted))
                    {
                        context.HttpContext.Items[Ended] = true;
                        context.Fail("session ended");
                    }
                },
                OnChallenge = context =>
                {
                    context.HandleResponse();
                    return Problems.WriteAsync(
                        context.HttpContext, 401, context.HttpContext.Items.ContainsKey(Ended) ? "session.ended" : "not-signed-in");
                },
                OnForbidden = context => Problems.WriteAsync(context.HttpContext, 403, "role.not-allowed"),
            };
        });
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IConfigurationManager<OpenIdConnectConfiguration>, TimeProvider>((jwt, keys, clock) =>
            {
                jwt.ConfigurationManager = keys;
                jwt.TimeProvider = clock;
                jwt.TokenValidationParameters.LifetimeValidator = (from, until, _, _) =>
                    from <= clock.GetUtcNow().UtcDateTime.AddSeconds(30) && until >= clock.GetUtcNow().UtcDateTime.AddSeconds(-5);
            });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Where people reach the system; the issuer of its tokens and the root of its links.</summary>
    public static string PublicUrl(IConfiguration configuration) =>
        configuration["PEDATT_PUBLIC_URL"] is { Length: > 0 } url ? url.TrimEnd('/') : "http://localhost:8080";

    /// <summary>Keeps the list of ended sessions fresh by asking Identity every two seconds.</summary>
    public static void AddEndedSessionsFeed(this IHostApplicationBuilder builder)
    {
        builder.AddInternalClient<EndedSessionsClient>("identity");
        builder.Services.AddSingleton<EndedSessionsFeed>();
        builder.Services.AddSingleton<IEndedSessions>(services => services.GetRequiredService<EndedSessionsFeed>());
        builder.Services.AddHostedService(services => services.GetRequiredService<EndedSessionsFeed>());
        builder.Services.AddHealthChecks().AddCheck<EndedSessionsFeed>("ended-sessions", tags: [Health.Ready]);
    }

    private sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
            string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var configuration = new OpenIdConnectConfiguration();
            foreach (var key in new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel)).GetSigningKeys())
                configuration.SigningKeys.Add(key);
            return configuration;
        }
    }

    private sealed class KeySetDocument(IHttpClientFactory http, IReadOnlyList<Uri> identity) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            using var client = http.CreateClient();
            client.Timeout = TimeSpan.FromSeconds(5);
            for (var i = 0; ; i++)
            {
                try
                {
                    return await client.GetStringAsync(new Uri(identity[i], address), cancel);
                }
                catch (HttpRequestException) when (i < identity.Count - 1)
                {
                }
            }
        }
    }
}

internal sealed class EndedSessionsClient(HttpClient http)
{
    public Task<EndedSessions?> SinceAsync(DateTimeOffset? since, CancellationToken ct) =>
        http.AskAsync<EndedSessions>($"sessions/ended?since={Uri.EscapeDataString(since?.UtcDateTime.ToString("O") ?? "")}", ct);
}

/// <summary>
/// A block or a sign-out counts everywhere within five seconds, and still counts where Identity cannot be reached for a
/// while: then nobody can end a session either, and what is known stays known.
/// </summary>
internal sealed partial class EndedSessionsFeed(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EndedSessionsFeed> log)
    : BackgroundService, IEndedSessions, Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, DateTimeOffset> ended = new();
    private DateTimeOffset? asked;

    public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) => ValueTask.FromResult(ended.ContainsKey(sessionId));

    /// <summary>A replica that has never heard of ended sessions would honour them: it is not ready.</summary>
    public Task<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult> CheckHealthAsync(
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(asked is not null
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy()
            : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy("Identity was not reached yet."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var news = await scope.ServiceProvider.GetRequiredService<EndedSessionsClient>().SinceAsync(asked, stoppingToken);
                var now = clock.GetUtcNow();
                foreach (var session in news?.Sessions ?? [])
                    ended.TryAdd(session, now);
                foreach (var (session, at) in ended)
                {
                    if (at + (2 * Authentication.TokenLife) < now)
                        ended.TryRemove(session, out _);
                }
                asked = news?.Now ?? asked;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotReached(e.GetType().Name);
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The list of ended sessions could not be renewed: {Failure}")]
    private partial void LogNotReached(string failure);
}
