using System.Net;
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
    /// <param name="how">A kind of <see cref="SecurityEvent"/>.</param>
    /// <returns>Null: they are blocked or closed, or have another password by now.</returns>
    public async Task<TokenPair?> BeginAsync(User seen, string how, IPAddress? from, CancellationToken ct)
    {
        var key = await keys.SigningAsync(ct);
        return await db.InTransactionAsync(
            async () =>
            {
                await db.TakeUserAsync(seen.Id, ct);
                var user = await PersonAsync(seen.Id, ct);
                if (user.BlockedAt is not null || user.ClosedAt is not null || user.PasswordHash != seen.PasswordHash)
                    return null;
                var now = clock.Now();
                var session = new Session
                {
                    UserId = user.Id,
                    StartedAt = now,
                    ExpiresAt = now + SessionRules.Longest,
                };
                db.Sessions.Add(session);
                db.SecurityEvents.Add(SecurityEvent.Of(user.Id, how, from, now));
                return await PairAsync(user, session, null, key, ct);
            },
            ct
        );
    }

    /// <summary>
    /// Takes a refresh token for a new pair. One that was used a moment ago was two tabs or a lost answer and gives
    /// another pair; used again later it was stolen, and the whole sign-in ends. However many pairs were given for one
    /// token, one of them goes on: the first that is used counts as the use of all.
    /// </summary>
    /// <exception cref="Problem">401 refresh.invalid, refresh.reused, session.ended</exception>
    public async Task<TokenPair> RenewAsync(string refreshToken, CancellationToken ct)
    {
        var now = clock.Now();
        // Not in the transaction: who holds a connection must not wait for another.
        var key = await keys.SigningAsync(ct);
        var (pair, refusal) = await db.InTransactionAsync<(TokenPair? Pair, string? Refusal)>(
            async () =>
            {
                var hash = Secrets.Hash(refreshToken);
                // The whole family waits: what one of them does concerns the others.
                var session = await db
                    .Sessions.FromSql(
                        $"""
                        select * from sessions where id = (select session_id from refresh_tokens where hash = {hash}) for update
                        """
                    )
                    .SingleOrDefaultAsync(ct);
                var token = await db.RefreshTokens.SingleOrDefaultAsync(one => one.Hash == hash, ct);
                if (session is null || token is null || token.ExpiresAt <= now)
                    return (null, Codes.RefreshInvalid);
                if (token.UsedAt is { } used && now - used > SessionRules.ReuseGrace)
                {
                    End(session, SessionEnd.RefreshReused, now);
                    db.SecurityEvents.Add(SecurityEvent.Of(session.UserId, SecurityEvent.RefreshReused, null, now));
                    await db.SaveChangesAsync(ct);
                    return (null, Codes.RefreshReused);
                }
                if (session.EndedAt is not null || session.ExpiresAt <= now)
                    return (
                        null,
                        session.EndedBy == SessionEnd.RefreshReused ? Codes.RefreshReused : SharedCodes.SessionEnded
                    );
                if (token.UsedAt is null)
                    await db
                        .RefreshTokens.Where(one =>
                            one.SessionId == session.Id && one.Parent == token.Parent && one.UsedAt == null
                        )
                        .ExecuteUpdateAsync(row => row.SetProperty(one => one.UsedAt, now), ct);
                return (await PairAsync(await PersonAsync(session.UserId, ct), session, token.Hash, key, ct), null);
            },
            ct
        );
        return pair ?? throw Problem.With(401, refusal!);
    }

    /// <summary>
    /// Ends one sign-in, or all of a user but none of another's. Saved by the caller, who has taken the user where all
    /// end.
    /// </summary>
    public async Task EndAsync(Guid userId, Guid? only, SessionEnd reason, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (
            var session in await db
                .Sessions.Where(one => one.UserId == userId && one.EndedAt == null && (only == null || one.Id == only))
                .ToListAsync(ct)
        )
            End(session, reason, now);
    }

    private Task<User> PersonAsync(Guid id, CancellationToken ct) =>
        db
            .Users.AsNoTracking()
            .Include(one => one.Assignments)
                .ThenInclude(one => one.Organisation)
            .SingleAsync(one => one.Id == id, ct);

    private static void End(Session session, SessionEnd reason, DateTimeOffset now)
    {
        session.EndedAt ??= now;
        session.EndedBy ??= reason;
    }

    private async Task<TokenPair> PairAsync(
        User user,
        Session session,
        byte[]? parent,
        SigningCredentials key,
        CancellationToken ct
    )
    {
        var now = clock.Now();
        var refresh = Secrets.Token();
        var expires = now + SessionRules.RefreshToken;
        db.RefreshTokens.Add(
            new RefreshToken
            {
                Hash = Secrets.Hash(refresh),
                SessionId = session.Id,
                Parent = parent,
                IssuedAt = now,
                ExpiresAt = expires < session.ExpiresAt ? expires : session.ExpiresAt,
            }
        );
        await db.SaveChangesAsync(ct);
        return new(AccessToken(user, session, key, now), (int)SessionRules.AccessToken.TotalSeconds, refresh);
    }

    private string AccessToken(User user, Session session, SigningCredentials key, DateTimeOffset now) =>
        Handler.CreateToken(
            new SecurityTokenDescriptor
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
                        user.Assignments.Select(one => new Assignment(
                            one.Role,
                            one.OrganisationId,
                            one.Organisation.Level
                        )),
                        Json.Options
                    ),
                },
            }
        );
}

/// <summary>Identity itself knows at once: it asks its own database.</summary>
public sealed class EndedSessionsInDatabase(IServiceScopeFactory scopes) : IEndedSessions
{
    public async ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return !await scope
            .ServiceProvider.GetRequiredService<IdentityDb>()
            .Sessions.AnyAsync(session => session.Id == sessionId && session.EndedAt == null, ct);
    }
}
