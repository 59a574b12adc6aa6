using Microsoft.Extensions.Options;

namespace PedAtt.Gateway.Sessions;

/// <summary>Deletes the sessions that are over. Replicas do it side by side without harm.</summary>
public sealed class SessionSweeper(
    IServiceScopeFactory scopes,
    IOptions<SessionOptions> options,
    TimeProvider clock,
    ILogger<SessionSweeper> log
) : Worker(options.Value.SweepEvery, clock, log)
{
    protected override async Task<bool> RoundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SessionStore>().SweepAsync(ct);
        return false;
    }
}
