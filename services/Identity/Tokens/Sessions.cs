using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.Identity.Tokens;

/// <param name="ExpiresIn">Seconds.</param>
public sealed record TokenPair(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>Begins sign-ins, renews their tokens, ends them.</summary>
public sealed class Sessions(IdentityDb db, SigningKeys keys, IConfiguration configuration, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="seen">The person as they were when their password was compared.</param>
    /// <returns>Null: they are blocked, or have another password by now.</returns>
    public async Task<TokenPair?> BeginAsync(User seen, CancellationToken ct)
    {
        var key = await keys.SigningAsync(ct);
        return await db.InTransactionAsync(async () =>
        {
            await db.TakeUserAsync(seen.Id, ct);
            var user = await PersonAsync(seen.Id, ct);
            if (user.BlockedAt is not null || user.PasswordHash != seen.PasswordHash)
                return null;
            var now = clock.Now();
            var session = new Session { UserId = user.Id, StartedAt = now, ExpiresAt = now + SessionRules.Longest };
            db.Sessions.Add(session);
            return await PairAsync(user, session, key, ct);
        }, ct);
    }

    /// <summary>
    /// Takes a refresh token for a new pair. One that was used a moment ago was two tabs or a lost answer and gives another
    /// pair; used again later it was stolen, and the whole sign-in ends.
    /// </summary>
    /// <exception cref="Problem">401 refresh.invalid, refresh.reused, session.ended</exception>
    public async Task<TokenPair> RenewAsync(string refreshToken, CancellationToken ct)
    {
        var now = clock.Now();
        // Not in the transaction: who holds a connection must not wait for another.
        var key = await keys.SigningAsync(ct);
        var (pair, refusal) = await db.InTransactionAsync<(TokenPair? Pair, string? Refusal)>(async () =>
        {
            var hash = Secrets.Hash(refreshToken);
            var token = await db.RefreshTokens.FromSql($"select * from refresh_tokens where hash = {hash} for update").SingleOrDefaultAsync(ct);
            if (token is null || token.ExpiresAt <= now)
                return (null, "refresh.invalid");
            var session = await db.Sessions.SingleAsync(one => one.Id == token.SessionId, ct);
            if (token.UsedAt is { } used && now - used > SessionRules.ReuseGrace)
            {
                End(session, SessionEnd.RefreshReused, now);
                await db.SaveChangesAsync(ct);
                return (null, "refresh.reused");
            }
            if (session.EndedAt is not null || session.ExpiresAt <= now)
                return (null, session.EndedBy == SessionEnd.RefreshReused ? "refresh.reused" : "session.ended");
            token.UsedAt ??= now;
            return (await PairAsync(await PersonAsync(session.UserId, ct), session, key, ct), null);
        }, ct);
        return pair ?? throw Problem.With(401, refusal!);
    }

    /// <summary>
    /// Ends one sign-in, or all of a user but none of another's. Saved by the caller, who has taken the user where all end.
    /// </summary>
    public async Task EndAsync(Guid userId, Guid? only, SessionEnd reason, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (var session in await db.Sessions
            .Where(one => one.UserId == userId && one.EndedAt == null && (only == null || one.Id == only)).ToListAsync(ct))
            End(session, reason, now);
    }

    private Task<User> PersonAsync(Guid id, CancellationToken ct) =>
        db.Users.AsNoTracking().Include(one => one.Assignments).ThenInclude(one => one.Organisation)
            .SingleAsync(one => one.Id == id, ct);

    private static void End(Session session, SessionEnd reason, DateTimeOffset now)
    {
        session.EndedAt ??= now;
        session.EndedBy ??= reason;
    }

    private async Task<TokenPair> PairAsync(User user, Session session, SigningCredentials key, CancellationToken ct)
    {
        var now = clock.Now();
        var refresh = Secrets.Token();
        var expires = now + SessionRules.RefreshToken;
        db.RefreshTokens.Add(new RefreshToken
        {
            Hash = Secrets.Hash(refresh),
            SessionId = session.Id,
            IssuedAt = now,
            ExpiresAt = expires < session.ExpiresAt ? expires : session.ExpiresAt,
        });
        await db.SaveChangesAsync(ct);
        return new(AccessToken(user, session, key, now), (int)SessionRules.AccessToken.TotalSeconds, refresh);
    }

    private string AccessToken(User user, Session session, SigningCredentials key, DateTimeOffset now) =>
        Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Authentication.PublicUrl(configuration),
            Audience = Authentication.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + SessionRules.AccessToken).UtcDateTime,
            SigningCredentials = key,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = user.Id.ToString(),
                ["sid"] = session.Id.ToString(),
                ["jti"] = Guid.CreateVersion7().ToString(),
                ["name"] = user.Name,
                ["login"] = user.UserName!,
                ["assignments"] = JsonSerializer.Serialize(
                    user.Assignments.Select(one => new Assignment(one.Role, one.OrganisationId, one.Organisation.Level)), Json.Options),
            },
        });
}

/// <summary>Identity itself knows at once: it asks its own database.</summary>
public sealed class EndedSessionsInDatabase(IServiceScopeFactory scopes) : IEndedSessions
{
    public async ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return !await scope.ServiceProvider.GetRequiredService<IdentityDb>().Sessions
            .AnyAsync(session => session.Id == sessionId && session.EndedAt == null, ct);
    }
}
