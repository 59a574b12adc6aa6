using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;

namespace PedAtt.Identity.SignIn;

/// <summary>
/// What the ЭЦП of an IIN's true holder does with an account whose IIN is only claimed. One whose login was issued for
/// this IIN becomes theirs: the administrator meant them. One that anybody could have made is never opened by the key
/// alone: it is ended, and its IIN is free. If they had made it themselves, the key and the account's password together
/// open it again and prove it.
/// </summary>
public sealed class UnprovenAccounts(
    IdentityDb db,
    Sessions sessions,
    SignInAttempts attempts,
    IPasswordHasher<User> hasher,
    TimeProvider clock
)
{
    /// <param name="found">The open account with this IIN; null: none.</param>
    /// <returns>The account, proven.</returns>
    /// <exception cref="Problem">401 eds.not-registered, eds.account-ended, credentials.invalid; 429
    /// too-many-requests</exception>
    public async Task<User> OpenAsync(User? found, string iin, string? password, IPAddress? from, CancellationToken ct)
    {
        // One that the key has ended before, and the password can bring back.
        var user =
            found
            ?? await db
                .Users.AsNoTracking()
                .Where(one => one.Iin == iin && one.ClosedBy == Closing.Holder)
                .OrderByDescending(one => one.ClosedAt)
                .FirstOrDefaultAsync(ct)
            ?? throw Problem.With(401, Codes.EdsNotRegistered);
        if (password is not null)
            await RequirePasswordAsync(user, password, from, ct);
        else if (found is null)
            throw Problem.With(401, Codes.EdsNotRegistered);
        else if (!await db.IssuedLogins.AnyAsync(one => one.UserId == user.Id && one.Iin == iin, ct))
        {
            await EndAsync(user.Id, ct);
            throw Problem.With(401, Codes.EdsAccountEnded);
        }
        return await ProveAsync(user.Id, iin, ct);
    }

    private async Task RequirePasswordAsync(User user, string password, IPAddress? from, CancellationToken ct)
    {
        var attempt = attempts.Of(user.UserName!, from);
        await attempts.BeginAsync(attempt, ct);
        if (hasher.VerifyHashedPassword(user, user.PasswordHash!, password) == PasswordVerificationResult.Failed)
        {
            await attempts.FailedAsync(attempt);
            throw Problem.With(401, Codes.CredentialsInvalid);
        }
        await attempts.SucceededAsync(attempt, ct);
    }

    private Task EndAsync(Guid id, CancellationToken ct) =>
        db.InTransactionAsync(
            async () =>
            {
                await db.TakeUserAsync(id, ct);
                var user = await db.Users.SingleAsync(one => one.Id == id, ct);
                // Proven meanwhile: then it is the holder's own.
                if (user.ProvenAt is not null || user.ClosedAt is not null)
                    return;
                await AccountClosing.CloseAsync(user, Closing.Holder, db, sessions, clock.Now(), ct);
                await db.SaveChangesAsync(ct);
            },
            ct
        );

    private Task<User> ProveAsync(Guid id, string iin, CancellationToken ct) =>
        db.InTransactionAsync(
            async () =>
            {
                // In the order in which all take them: the IIN, the e-mail, the person.
                await db.TakeTurnsAsync(
                    iin,
                    await db.Users.Where(one => one.Id == id).Select(one => one.Email).SingleAsync(ct),
                    ct
                );
                await db.TakeUserAsync(id, ct);
                var user = await db.Users.SingleAsync(one => one.Id == id, ct);
                if (user.ClosedAt is not null)
                {
                    if (
                        user.ClosedBy != Closing.Holder
                        || await db.IsIinTakenAsync(iin, ct)
                        || await db.IsEmailTakenAsync(user.Email!, ct)
                    )
                        throw Problem.With(401, Codes.EdsNotRegistered);
                    (user.ClosedAt, user.ClosedBy) = (null, null);
                }
                if (user.ProvenAt is null)
                    db.Publish(new PersonProven(user.Id, clock.Now()));
                (user.ProvenAt, user.ProvenBy) = (user.ProvenAt ?? clock.Now(), user.ProvenBy ?? Proof.Eds);
                await db.SaveChangesAsync(ct);
                return user;
            },
            ct
        );
}
