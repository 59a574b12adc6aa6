using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.SignIn;

/// <summary>A login tried from an address, both as keyed hashes: people type passwords into the login's
/// field.</summary>
public sealed record Attempt(byte[] LoginKey, byte[] AddressKey)
{
    public Guid Id { get; } = Guid.CreateVersion7();
}

/// <summary>
/// Counts failed sign-ins in the database, so that all replicas slow the same guesser down. An attempt counts from
/// before its password is compared, and a login's attempts are counted one after the other: so guesses side by side get
/// no further than guesses in a row. The turn is short (the comparing is not in it), lest a stranger's crowd hold up
/// the login's own person.
/// </summary>
public sealed class SignInAttempts(IdentityDb db, Encryption encryption, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than attempts that died while they were judged hold their places.</summary>
    private static readonly int MostLooks = (int)(1.5 * SlowingDown.Judging / Look);

    public Attempt Of(string login, IPAddress? address)
    {
        return new(
            encryption.KeyedHash("logins tried", login.ToUpperInvariant()),
            encryption.KeyedHash("addresses", NetworkOf(address))
        );
    }

    /// <summary>Of IPv6 the first half: the other is each household's own to choose, and changes by itself.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes(), 0, 8)
            : plain.ToString();
    }

    /// <summary>Waits where others are being judged that may leave no room: many may sign in right at once.</summary>
    /// <exception cref="Problem">429 too-many-requests</exception>
    public async Task BeginAsync(Attempt attempt, CancellationToken ct)
    {
        for (var look = 0; !await TryBeginAsync(attempt, ct); look++)
        {
            if (look == MostLooks)
                throw Problem.TooMany(TimeSpan.FromSeconds(1));
            await Task.Delay(Look, ct);
        }
    }

    public Task FailedAsync(Attempt attempt) =>
        db
            .SignInFailures.Where(one => one.Id == attempt.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Open, false), CancellationToken.None);

    /// <summary>Remembers the address as the person's own, and forgives its failures; what is being judged is none
    /// yet.</summary>
    public async Task SucceededAsync(Attempt attempt, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into known_addresses (login_key, address_key, at) values ({attempt.LoginKey}, {attempt.AddressKey}, {clock.Now()})
            on conflict (login_key, address_key) do update set at = excluded.at
            """,
            ct
        );
        await db
            .SignInFailures.Where(one => one.LoginKey == attempt.LoginKey && one.AddressKey == attempt.AddressKey)
            .Where(one => !one.Open || one.Id == attempt.Id)
            .ExecuteDeleteAsync(ct);
    }

    private async Task<bool> TryBeginAsync(Attempt attempt, CancellationToken ct)
    {
        // Who has to wait anyway does not even take the login's turn.
        await RequireRoomAsync(attempt, ct);
        return await db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnAsync($"sign-in {Convert.ToHexString(attempt.LoginKey)}", ct);
                await RequireRoomAsync(attempt, ct);
                if (await WaitAsync(attempt, openToo: true, ct) is not null)
                    return false;
                db.SignInFailures.Add(
                    new SignInFailure
                    {
                        Id = attempt.Id,
                        LoginKey = attempt.LoginKey,
                        AddressKey = attempt.AddressKey,
                        At = clock.Now(),
                        Open = true,
                    }
                );
                await db.SaveChangesAsync(ct);
                return true;
            },
            ct
        );
    }

    /// <exception cref="Problem">429 too-many-requests</exception>
    private async Task RequireRoomAsync(Attempt attempt, CancellationToken ct)
    {
        if (await WaitAsync(attempt, openToo: false, ct) is { } wait)
            throw Problem.TooMany(wait);
    }

    private async Task<TimeSpan?> WaitAsync(Attempt attempt, bool openToo, CancellationToken ct)
    {
        var now = clock.Now();
        var (since, judged) = (now - SlowingDown.Window, now - SlowingDown.Judging);
        var failures = db
            .SignInFailures.AsNoTracking()
            .Where(one => one.LoginKey == attempt.LoginKey && one.At > since)
            .Where(one => !one.Open || (openToo && one.At > judged))
            .OrderByDescending(one => one.At);
        var pair = await failures
            .Where(one => one.AddressKey == attempt.AddressKey)
            .Select(one => one.At)
            .Take(SlowingDown.PairLimit)
            .ToListAsync(ct);
        var login = await failures.Select(one => one.At).Take(SlowingDown.LoginLimit).ToListAsync(ct);
        if (pair.Count < SlowingDown.PairLimit && login.Count < SlowingDown.LoginLimit)
            return null;
        var known = await db.KnownAddresses.AnyAsync(
            one =>
                one.LoginKey == attempt.LoginKey
                && one.AddressKey == attempt.AddressKey
                && one.At > now - SlowingDown.AddressMemory,
            ct
        );
        return SlowingDown.Wait(pair, login, known, now);
    }
}
