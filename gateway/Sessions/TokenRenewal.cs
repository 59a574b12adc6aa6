using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PedAtt.Gateway.Clients;

namespace PedAtt.Gateway.Sessions;

/// <summary>
/// Renews a session's tokens once, however many requests need it: those of this replica wait for one task, the replicas
/// for the row's lock. It does not hang on the request that began it: a tab that is closed must not spend a refresh
/// token for nothing.
/// </summary>
public sealed class TokenRenewal(
    IServiceScopeFactory scopes,
    IdentityClient identity,
    IOptions<SessionOptions> options,
    TimeProvider clock
)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Lazy<Task<BrowserSession?>>> running = new();

    /// <summary>The session with an access token that lasts, or null where the session is over.</summary>
    /// <exception cref="Problem">503 service.unavailable: the token has run out and Identity does not
    /// answer</exception>
    public async Task<BrowserSession?> FreshAsync(BrowserSession session, CancellationToken ct)
    {
        if (session.AccessExpiresAt - clock.GetUtcNow() > options.Value.RenewBefore)
            return session;
        var key = Convert.ToHexString(session.Id);
        var renewal = running.GetOrAdd(key, _ => new(() => RenewAsync(key, session.Id)));
        var renewed = await renewal.Value.WaitAsync(ct);
        return renewed is null || renewed.AccessExpiresAt > clock.GetUtcNow() ? renewed : throw Problem.Unavailable();
    }

    private async Task<BrowserSession?> RenewAsync(string key, byte[] id)
    {
        try
        {
            using var timeout = new CancellationTokenSource(AtMost);
            await using var scope = scopes.CreateAsyncScope();
            var sessions = scope.ServiceProvider.GetRequiredService<SessionStore>();
            return await sessions.RenewAsync(id, identity.RefreshAsync, timeout.Token);
        }
        finally
        {
            // Also where nobody waits any more: the next one to come must not be given an old answer.
            running.TryRemove(key, out _);
        }
    }
}
