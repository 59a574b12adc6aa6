using System.Net;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Access;

/// <summary>A login tried from an address, both as keyed hashes: people type passwords into the login's field.</summary>
public sealed record Attempt(byte[] LoginKey, byte[] AddressKey);

/// <summary>Counts failed sign-ins in the database, so that all replicas slow the same guesser down.</summary>
public sealed class SignInAttempts(IdentityDb db, Sealing sealing, TimeProvider clock)
{
    public Attempt Of(string login, IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        return new(sealing.Hash("logins tried", login.ToUpperInvariant()), sealing.Hash("addresses", plain.ToString()));
    }

    /// <exception cref="ProblemException">429 too-many-requests</exception>
    public async Task RequireRoomAsync(Attempt attempt, CancellationToken ct)
    {
        var now = clock.Now();
        var since = now - SlowingDown.Window;
        var failures = db.SignInFailures.AsNoTracking().Where(one => one.LoginKey == attempt.LoginKey && one.At > since)
            .OrderByDescending(one => one.At);
        var pair = await failures.Where(one => one.AddressKey == attempt.AddressKey).Select(one => one.At)
            .Take(SlowingDown.PairLimit).ToListAsync(ct);
        var login = await failures.Select(one => one.At).Take(SlowingDown.LoginLimit).ToListAsync(ct);
        var known = await db.KnownAddresses.AnyAsync(
            one => one.LoginKey == attempt.LoginKey && one.AddressKey == attempt.AddressKey && one.At > now - SlowingDown.AddressMemory, ct);
        if (SlowingDown.Wait(pair, login, known, now) is { } wait)
            throw Problem.TooMany(wait);
    }

    public async Task FailedAsync(Attempt attempt, CancellationToken ct)
    {
        db.SignInFailures.Add(new SignInFailure { LoginKey = attempt.LoginKey, AddressKey = attempt.AddressKey, At = clock.Now() });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Remembers the address as the person's own, and forgives its failures.</summary>
    public async Task SucceededAsync(Attempt attempt, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into known_addresses (login_key, address_key, at) values ({attempt.LoginKey}, {attempt.AddressKey}, {clock.Now()})
            on conflict (login_key, address_key) do update set at = excluded.at
            """, ct);
        await db.SignInFailures.Where(one => one.LoginKey == attempt.LoginKey && one.AddressKey == attempt.AddressKey)
            .ExecuteDeleteAsync(ct);
    }
}
