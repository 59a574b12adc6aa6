using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PedAtt.ServiceDefaults.Access;

/// <summary>Whether a sign-in was ended before its token runs out. Identity asks its own database; the others keep a
/// list.</summary>
public interface IEndedSessions
{
    ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct);
}

/// <summary>Sessions ended in the last access token's lifetime; <paramref name="Now"/> is what to ask from next
/// time.</summary>
public sealed record EndedSessions(DateTimeOffset Now, IReadOnlyList<Guid> Sessions);

public static class EndedSessionsRegistration
{
    /// <summary>Keeps the list of ended sessions fresh by asking Identity every two seconds.</summary>
    public static void AddEndedSessionsFeed(this IHostApplicationBuilder builder)
    {
        builder.AddInternalClient<EndedSessionsClient>("identity");
        builder.Services.AddSingleton<EndedSessionsFeed>();
        builder.Services.AddSingleton<IEndedSessions>(services => services.GetRequiredService<EndedSessionsFeed>());
        builder.Services.AddHostedService(services => services.GetRequiredService<EndedSessionsFeed>());
        builder.Services.AddHealthChecks().AddCheck<EndedSessionsFeed>("ended-sessions");
    }
}

internal sealed class EndedSessionsClient(HttpClient http)
{
    public Task<EndedSessions?> SinceAsync(DateTimeOffset? since, CancellationToken ct) =>
        http.AskAsync<EndedSessions>(
            $"sessions/ended?since={Uri.EscapeDataString(since?.UtcDateTime.ToString("O") ?? "")}",
            ct
        );
}

/// <summary>
/// A block or a sign-out counts everywhere within five seconds, and still counts where Identity cannot be reached for a
/// while: then nobody can end a session either, and what is known stays known.
/// </summary>
internal sealed class EndedSessionsFeed(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EndedSessionsFeed> log)
    : Worker(TimeSpan.FromSeconds(2), clock, log),
        IEndedSessions,
        IHealthCheck
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> ended = new();
    private DateTimeOffset? asked;

    public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) =>
        ValueTask.FromResult(ended.ContainsKey(sessionId));

    /// <summary>A replica that has never heard of ended sessions would honour them: it is not ready.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(
            asked is not null
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("Identity was not reached yet.")
        );

    protected override async Task<bool> RoundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var news = await NewsAsync(scope.ServiceProvider.GetRequiredService<EndedSessionsClient>(), ct);
        var now = Clock.GetUtcNow();
        foreach (var session in news?.Sessions ?? [])
            ended.TryAdd(session, now);
        foreach (var (session, at) in ended)
        {
            if (at + (2 * Authentication.TokenLife) < now)
                ended.TryRemove(session, out _);
        }
        asked = news?.Now ?? asked;
        return false;
    }

    private async Task<EndedSessions?> NewsAsync(EndedSessionsClient identity, CancellationToken ct)
    {
        try
        {
            return await identity.SinceAsync(asked, ct);
        }
        catch (Problem) when (asked is null)
        {
            // Before the first answer this replica is not ready, which says the same.
            return null;
        }
    }
}
