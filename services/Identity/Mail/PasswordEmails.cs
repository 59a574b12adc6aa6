using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Mail;

/// <summary>
/// Sends the letters for forgotten passwords: soon after they were asked for, and again while the mail server does not
/// take them. A code is committed before its letter leaves, and a letter that fails, whyever, waits for its next turn
/// behind the others. The code never passes a broker.
/// </summary>
public sealed partial class PasswordEmails(
    IServiceScopeFactory scopes,
    MailServer mail,
    Encryption encryption,
    TimeProvider clock,
    ILogger<PasswordEmails> log
) : Worker(TimeSpan.FromSeconds(1), clock, log)
{
    private const int MostAttempts = 8;

    private sealed record Letter(Guid Id, string Address, string Language, string Code, int Attempt);

    protected override Task<bool> RoundAsync(CancellationToken ct) => SendNextAsync(ct);

    /// <returns>Whether there was one to send.</returns>
    private async Task<bool> SendNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = Clock.Now();
        var next = await db
            .PasswordResets.AsNoTracking()
            .Where(one => one.SendAt <= now)
            .OrderBy(one => one.SendAt)
            .FirstOrDefaultAsync(ct);
        if (next is null)
            return false;
        if (await db.InTransactionAsync(() => PrepareAsync(db, next, ct), ct) is { } letter)
            await SendAsync(db, letter, ct);
        return true;
    }

    /// <returns>Null: nobody has the address, another replica has the letter, or a later request replaces it.</returns>
    private async Task<Letter?> PrepareAsync(IdentityDb db, PasswordReset next, CancellationToken ct)
    {
        var (id, email) = (next.Id, next.NormalizedEmail);
        var owner = db.Users.AsNoTracking().Where(one => one.NormalizedEmail == email && one.ClosedAt == null);
        await db.TakeUserAsync(await owner.Select(one => one.Id).SingleOrDefaultAsync(ct), ct);
        // Asked again now that nobody changes them: it may have become another's address, or nobody's.
        var user = await owner.SingleOrDefaultAsync(one => one.BlockedAt == null, ct);
        var now = Clock.Now();
        var reset = await db.PasswordResets.SingleAsync(one => one.Id == id, ct);
        if (reset.SendAt is null || reset.SendAt > now)
            return null;
        var later = db.PasswordResets.Where(one => one.NormalizedEmail == email && one.RequestedAt > reset.RequestedAt);
        if (user is null || await later.AnyAsync(ct))
        {
            await NoMoreAsync(db, id, ct);
            return null;
        }
        await ResetCodes.EndAsync(db, user.Id, except: id, ct);
        // Made from its row, so that a letter that goes out twice says the same code and yet no table holds it.
        var code = Secrets.ResetCode(encryption.KeyedHash("reset codes", id.ToString()));
        (reset.UserId, reset.CodeHash, reset.ExpiresAt) = (
            user.Id,
            Secrets.Hash(Secrets.Typed(code)),
            now + SessionRules.ResetCode
        );
        // Until then it is ours to send; if we die over it, another tries.
        reset.SendAt = ++reset.Attempts < MostAttempts ? now + (2 * mail.SendTimeout) : null;
        await db.SaveChangesAsync(ct);
        return new(id, user.Email!, user.Language, code, reset.Attempts);
    }

    private async Task SendAsync(IdentityDb db, Letter letter, CancellationToken ct)
    {
        if (await mail.SendAsync(EmailOf(letter), ct) is { } failure)
        {
            // Whatever it was, an address that is none or a server that hangs: the letters behind it must not wait for
            // it.
            LogFailed(failure.Code);
            var again = Clock.Now() + TimeSpan.FromSeconds(Math.Pow(2, letter.Attempt));
            await db
                .PasswordResets.Where(one =>
                    one.Id == letter.Id && one.Attempts == letter.Attempt && one.SendAt != null
                )
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.SendAt, again), ct);
            return;
        }
        await NoMoreAsync(db, letter.Id, CancellationToken.None);
    }

    private static async Task NoMoreAsync(IdentityDb db, Guid id, CancellationToken ct) =>
        await db
            .PasswordResets.Where(one => one.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.SendAt, (DateTimeOffset?)null), ct);

    private OutgoingEmail EmailOf(Letter letter)
    {
        // After the # nothing reaches a server or its log.
        var link = new Uri(mail.Site, $"/password/reset#token={letter.Code}");
        var (subject, body) = letter.Language switch
        {
            Language.Kazakh => (
                "PedAtt: құпиясөзді қалпына келтіру",
                $"Сәлеметсіз бе!\n\nҚұпиясөзді қалпына келтіру коды: {letter.Code}\nНемесе сілтемені ашыңыз: {link}\n\nКод 30 минут жарамды. "
                    + "Егер мұны сіз сұрамасаңыз, бұл хатты елемеңіз: құпиясөзіңіз өзгермейді."
            ),
            Language.English => (
                "PedAtt: a new password",
                $"Hello,\n\nthe code for a new password: {letter.Code}\nOr open the link: {link}\n\nThe code is valid for 30 minutes. "
                    + "If you did not ask for it, ignore this letter: your password stays as it is."
            ),
            _ => (
                "PedAtt: восстановление пароля",
                $"Здравствуйте!\n\nКод для восстановления пароля: {letter.Code}\nИли откройте ссылку: {link}\n\nКод действует 30 минут. "
                    + "Если вы этого не просили, не отвечайте на письмо: ваш пароль не изменится."
            ),
        };
        return new(letter.Id, letter.Address, letter.Language, subject, body);
    }

    [LoggerMessage(LogLevel.Warning, "A letter could not be sent: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
