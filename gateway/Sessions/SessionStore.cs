using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using PedAtt.Gateway.Data;

namespace PedAtt.Gateway.Sessions;

/// <summary>Sessions as every replica sees them. The tokens are readable only with the gateway's own keys.</summary>
public sealed class SessionStore(
    GatewayDb db,
    IDataProtectionProvider protection,
    IOptions<SessionOptions> options,
    TimeProvider clock
)
{
    /// <summary>Begins a session and says the cookie's value, which is kept nowhere.</summary>
    public async Task<string> BeginAsync(TokenPair tokens, CancellationToken ct)
    {
        var cookie = SessionCookie.NewValue();
        var id = SessionCookie.IdOf(cookie);
        var now = clock.GetUtcNow();
        db.Sessions.Add(
            new SessionRow
            {
                Id = id,
                UserId = Guid.Parse(new JsonWebToken(tokens.AccessToken).Subject),
                Tokens = Protect(id, tokens),
                AccessExpiresAt = now.AddSeconds(tokens.ExpiresIn),
                CreatedAt = now,
                ExpiresAt = now + options.Value.Idle,
            }
        );
        await db.SaveChangesAsync(ct);
        return cookie;
    }

    public async Task<BrowserSession?> FindAsync(byte[] id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = await db
            .Sessions.AsNoTracking()
            .SingleOrDefaultAsync(session => session.Id == id && session.ExpiresAt > now, ct);
        return row is null ? null : Open(row);
    }

    /// <summary>
    /// Puts in the tokens that <paramref name="renew"/> gets, unless somebody else just has. The row is locked
    /// meanwhile, so that of many requests on many replicas exactly one spends the refresh token.
    /// </summary>
    public async Task<BrowserSession?> RenewAsync(
        byte[] id,
        Func<string, CancellationToken, Task<Renewal>> renew,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db
            .Sessions.FromSql($"SELECT * FROM sessions WHERE id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        var now = clock.GetUtcNow();
        if (row is null || row.ExpiresAt <= now || Open(row) is not { } session)
            return null;
        if (session.AccessExpiresAt - now > options.Value.RenewBefore)
            return session;
        switch (await renew(session.RefreshToken, ct))
        {
            case Renewal.Renewed(var tokens):
                row.Tokens = Protect(id, tokens);
                row.AccessExpiresAt = clock.GetUtcNow().AddSeconds(tokens.ExpiresIn);
                row.ExpiresAt = Min(now + options.Value.Idle, row.CreatedAt + options.Value.Lifetime);
                break;
            case Renewal.Refused:
                db.Sessions.Remove(row);
                break;
            default:
                return session;
        }
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return db.Entry(row).State is EntityState.Detached ? null : Open(row);
    }

    public Task EndAsync(byte[] id, CancellationToken ct) =>
        db.Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(ct);

    /// <summary>A service did not take the access token: the next request fetches another before it goes on.</summary>
    public Task DistrustAccessTokenAsync(byte[] id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db
            .Sessions.Where(session => session.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.AccessExpiresAt, now), ct);
    }

    public Task<int> SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync(ct);
    }

    private byte[] Protect(byte[] id, TokenPair tokens) =>
        Protector(id).Protect(Encoding.UTF8.GetBytes($"{tokens.AccessToken}\n{tokens.RefreshToken}"));

    private BrowserSession? Open(SessionRow row)
    {
        try
        {
            var tokens = Encoding.UTF8.GetString(Protector(row.Id).Unprotect(row.Tokens)).Split('\n');
            return new(row.Id, row.UserId, tokens[0], tokens[1], row.AccessExpiresAt, row.ExpiresAt);
        }
        catch (CryptographicException)
        {
            // Its key is gone (an operator revoked it): nobody can use this session any more.
            return null;
        }
    }

    /// <summary>Bound to the row, so that one row's tokens are of no use in another.</summary>
    private IDataProtector Protector(byte[] id) =>
        protection.CreateProtector("PedAtt.Gateway.Sessions", Convert.ToHexString(id));

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>What Identity said of a refresh token.</summary>
public abstract record Renewal
{
    public sealed record Renewed(TokenPair Tokens) : Renewal;

    public sealed record Refused : Renewal;

    /// <summary>Identity did not answer: nothing is known, and nothing is thrown away.</summary>
    public sealed record Unknown : Renewal;
}
