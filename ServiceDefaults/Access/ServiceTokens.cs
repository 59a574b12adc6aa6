using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults.Access;

/// <summary>Makes and checks the tokens by which services know each other, signed with the key they share
/// (<c>Internal:Key</c>).</summary>
public sealed class ServiceTokens(string self, SecurityKey key, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> made = new();

    public string For(string audience)
    {
        var now = clock.GetUtcNow();
        if (made.TryGetValue(audience, out var known) && known.Until > now)
            return known.Token;
        var token = Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = self,
                Audience = audience,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime.AddSeconds(-10),
                Expires = (now + Life).UtcDateTime,
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );
        made[audience] = (token, now + (Life / 2));
        return token;
    }

    public async Task<bool> IsValidAsync(string authorization)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return false;
        var result = await Handler.ValidateTokenAsync(
            authorization["Bearer ".Length..],
            new TokenValidationParameters
            {
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                ValidAudience = self,
                ValidateIssuer = false,
                LifetimeValidator = (from, until, _, _) =>
                    from <= clock.GetUtcNow().UtcDateTime.AddSeconds(5) && until >= clock.GetUtcNow().UtcDateTime,
            }
        );
        return result.IsValid;
    }
}
