using System.Net.Mail;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Mail;

/// <summary>
/// Sends the letters for forgotten passwords: soon after they were asked for, and again while the mail server cannot be reached.
/// The code exists in the letter alone; the database keeps its hash. It never passes a broker.
/// </summary>
public sealed partial class PasswordLetters(
    IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<PasswordLetters> log) : BackgroundService
{
    private const int MostAttempts = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether there was one to send.</returns>
    public async Task<bool> SendNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.Now();
        var reset = await db.PasswordResets.FromSql(
            $"select * from password_resets where send_at <= {now} order by send_at limit 1 for update skip locked").SingleOrDefaultAsync(ct);
        if (reset is null)
            return false;
        var user = await db.Users.SingleOrDefaultAsync(one => one.NormalizedEmail == reset.NormalizedEmail && one.BlockedAt == null, ct);
        reset.SendAt = null;
        if (user is not null)
        {
            var code = Secrets.ResetCode();
            (reset.UserId, reset.CodeHash, reset.ExpiresAt) = (user.Id, Secrets.Hash(Secrets.Typed(code)), now + SessionRules.ResetCode);
            try
            {
                await SendAsync(reset.Id, user, code, ct);
            }
            catch (SmtpException e)
            {
                LogFailed(e.StatusCode.ToString());
                reset.CodeHash = null;
                reset.SendAt = ++reset.Attempts < MostAttempts ? now + TimeSpan.FromSeconds(Math.Pow(2, reset.Attempts)) : null;
            }
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task SendAsync(Guid id, User user, string code, CancellationToken ct)
    {
        var server = new Uri(configuration.GetConnectionString("smtp")
            ?? throw new InvalidOperationException("ConnectionStrings:smtp is not set."));
        // After the # nothing reaches a server or its log.
        var link = $"{Authentication.PublicUrl(configuration)}/password/reset#token={code}";
        var (subject, body) = user.Language switch
        {
            Language.Kazakh => ("PedAtt: құпиясөзді қалпына келтіру",
                $"Сәлеметсіз бе!\n\nҚұпиясөзді қалпына келтіру коды: {code}\nНемесе сілтемені ашыңыз: {link}\n\nКод 30 минут жарамды. "
                + "Егер мұны сіз сұрамасаңыз, бұл хатты елемеңіз: құпиясөзіңіз өзгермейді."),
            Language.English => ("PedAtt: a new password",
                $"Hello,\n\nthe code for a new password: {code}\nOr open the link: {link}\n\nThe code is valid for 30 minutes. "
                + "If you did not ask for it, ignore this letter: your password stays as it is."),
            _ => ("PedAtt: восстановление пароля",
                $"Здравствуйте!\n\nКод для восстановления пароля: {code}\nИли откройте ссылку: {link}\n\nКод действует 30 минут. "
                + "Если вы этого не просили, не отвечайте на письмо: ваш пароль не изменится."),
        };
        using var message = new MailMessage(configuration["PEDATT_MAIL_FROM"] ?? "noreply@pedatt.example", user.Email!, subject, body)
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{id}@{new Uri(Authentication.PublicUrl(configuration)).Host}>");
        using var smtp = new SmtpClient(server.Host, server.Port);
        await smtp.SendMailAsync(message, ct);
    }

    [LoggerMessage(LogLevel.Warning, "A letter could not be sent: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
