using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tokens;

/// <summary>Deletes what has served its time (docs/retention.md).</summary>
public sealed partial class IdentityHousekeeping(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IdentityHousekeeping> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = clock.Now();
        var (month, day) = (now.AddDays(-30), now.AddDays(-1));
        await db.RefreshTokens.Where(token => token.ExpiresAt < month).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => session.ExpiresAt < month || session.EndedAt < month).ExecuteDeleteAsync(ct);
        await db.SignInFailures.Where(failure => failure.At < day).ExecuteDeleteAsync(ct);
        await db.KnownAddresses.Where(address => address.At < now - SlowingDown.AddressMemory).ExecuteDeleteAsync(ct);
        await db.SignInChallenges.Where(challenge => challenge.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.PasswordResets.Where(reset => reset.RequestedAt < month).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
