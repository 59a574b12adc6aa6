using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tokens;

/// <summary>Deletes what has served its time (docs/retention.md).</summary>
public sealed class IdentityHousekeeping(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<IdentityHousekeeping> log
) : Worker(TimeSpan.FromHours(1), clock, log)
{
    protected override async Task<bool> RoundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = Clock.Now();
        var (month, day) = (now.AddDays(-30), now.AddDays(-1));
        await db.RefreshTokens.Where(token => token.ExpiresAt < month).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => session.ExpiresAt < month || session.EndedAt < month).ExecuteDeleteAsync(ct);
        await db.SignInFailures.Where(failure => failure.At < day).ExecuteDeleteAsync(ct);
        await db.KnownAddresses.Where(address => address.At < now - SlowingDown.AddressMemory).ExecuteDeleteAsync(ct);
        await db.SignInChallenges.Where(challenge => challenge.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.SecurityEvents.Where(one => one.At < now - SecurityEvent.KeptFor).ExecuteDeleteAsync(ct);
        await db.PasswordResets.Where(reset => reset.RequestedAt < month).ExecuteDeleteAsync(ct);
        return false;
    }
}
