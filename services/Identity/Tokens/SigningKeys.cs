using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.Identity.Tokens;

/// <summary>
/// The ES256 keys: each signs for thirty days, is published two days before it begins and until its last token has
/// expired. They stand in the database, encrypted, so that all replicas sign with the same one.
/// </summary>
public sealed class SigningKeys(IServiceScopeFactory scopes, Encryption encryption, TimeProvider clock)
    : IConfigurationManager<OpenIdConnectConfiguration>,
        IDisposable
{
    public static readonly TimeSpan Signs = TimeSpan.FromDays(30);
    public static readonly TimeSpan PublishedBefore = TimeSpan.FromDays(2);

    private const string Purpose = "signing keys";

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    /// <summary>An unknown key id asks the database again at once, but not each forged one that comes along.</summary>
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);
    private volatile Answer known = new([], DateTimeOffset.MinValue, IsFresh: false);

    private sealed record Answer(IReadOnlyList<SigningKey> Keys, DateTimeOffset At, bool IsFresh);

    /// <summary>The key that signs now.</summary>
    public async Task<SigningCredentials> SigningAsync(CancellationToken ct)
    {
        var published = await PublishedAsync(ct);
        var now = clock.Now();
        var living = published.Where(one => now < one.SignsUntil).OrderBy(one => one.SignsFrom).ToArray();
        // The very first one may have been made by a replica whose clock is a little ahead.
        var key = living.LastOrDefault(one => one.SignsFrom <= now) ?? living[0];
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(encryption.Decrypt(Purpose, key.EncryptedPrivateKey), out _);
        return new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>Every key by which a living token may have been signed, and the next one.</summary>
    public async Task<IReadOnlyList<SigningKey>> PublishedAsync(CancellationToken ct)
    {
        if (IsKnown)
            return known.Keys;
        await turn.WaitAsync(ct);
        try
        {
            if (IsKnown)
                return known.Keys;
            await using var scope = scopes.CreateAsyncScope();
            known = new(
                await KeepAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct),
                clock.Now(),
                IsFresh: true
            );
            return known.Keys;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Identity checks tokens as the others do, by its own keys.</summary>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration();
        foreach (var key in await PublishedAsync(cancel))
            configuration.SigningKeys.Add(
                new JsonWebKey
                {
                    Kid = key.Kid,
                    Kty = "EC",
                    Crv = "P-256",
                    X = key.X,
                    Y = key.Y,
                    Alg = SecurityAlgorithms.EcdsaSha256,
                    Use = "sig",
                }
            );
        return configuration;
    }

    public void RequestRefresh()
    {
        if (known is var last && clock.Now() - last.At >= AskedAgain)
            known = last with { IsFresh = false };
    }

    public void Dispose() => turn.Dispose();

    private bool IsKnown => known is { IsFresh: true } last && clock.Now() - last.At < Remembered;

    /// <summary>Makes the first key, and the next one in good time; replicas take turns.</summary>
    private async Task<IReadOnlyList<SigningKey>> KeepAsync(IdentityDb db, CancellationToken ct) =>
        await db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnAsync("signing-keys", ct);
                var now = clock.Now();
                await db.SigningKeys.Where(key => key.PublishedUntil < now).ExecuteDeleteAsync(ct);
                var keys = await db.SigningKeys.AsNoTracking().OrderBy(key => key.SignsFrom).ToListAsync(ct);
                if (keys.Count == 0 || keys[^1].SignsUntil < now + PublishedBefore)
                {
                    var made = Make(keys.Count == 0 || keys[^1].SignsUntil < now ? now : keys[^1].SignsUntil);
                    db.SigningKeys.Add(made);
                    await db.SaveChangesAsync(ct);
                    keys.Add(made);
                }
                return keys;
            },
            ct
        );

    private SigningKey Make(DateTimeOffset from)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return new SigningKey
        {
            Kid = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(12)),
            X = Base64UrlEncoder.Encode(point.X),
            Y = Base64UrlEncoder.Encode(point.Y),
            EncryptedPrivateKey = encryption.Encrypt(Purpose, ecdsa.ExportPkcs8PrivateKey()),
            SignsFrom = from,
            SignsUntil = from + Signs,
            PublishedUntil = from + Signs + (2 * SessionRules.AccessToken),
        };
    }
}
