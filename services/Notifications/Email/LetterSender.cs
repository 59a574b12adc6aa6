using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PedAtt.Internal;
using PedAtt.Notifications.Data;
using PedAtt.Notifications.Domain;

namespace PedAtt.Notifications.Email;

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>
    /// How long to wait after each failed attempt; after the last one the letter has failed. About a day in all.
    /// </summary>
    public TimeSpan[] Waits { get; set; } = [];

    public static readonly TimeSpan[] UsualWaits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>
/// Sends the waiting letters. A letter's row is locked while it goes out, so replicas share the work, and what a dying
/// one held is taken up by another at once: it may then go out twice (with one Message-ID), never not at all.
/// </summary>
public sealed partial class LetterSender(
    IServiceScopeFactory scopes, MailServer mail, IOptions<MailOptions> options, TimeProvider clock, ILogger<LetterSender> log)
    : BackgroundService
{
    private const int AtOnce = 2;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdentityAway = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAllAsync(stoppingToken)));

    private async Task SendAllAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await SendNextAsync(ct))
                {
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LogRoundFailed(e);
            }
            await Task.Delay(Poll, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> SendNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var letter = await db.Letters.FromSql(
            $"""
            select * from letters where state = 'waiting' and not_before <= {clock.GetUtcNow()}
            order by not_before limit 1 for update skip locked
            """).SingleOrDefaultAsync(ct);
        if (letter is null)
            return false;
        var notification = await db.Notifications.AsNoTracking().SingleAsync(row => row.Id == letter.NotificationId, ct);
        await TrySendAsync(scope.ServiceProvider.GetRequiredService<IdentityClient>(), notification, letter, ct);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task TrySendAsync(IdentityClient identity, Notification notification, Letter letter, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(options.Value.SendTimeout);
        try
        {
            // The address is asked for now, and kept nowhere: it may have been corrected since, and it is Identity's.
            var person = await identity.PersonAsync(notification.PersonId, timeout.Token);
            if (person is null)
            {
                Fail(letter, "person.unknown", isFinal: true);
                return;
            }
            await mail.SendAsync(notification, notification.Language, person.Email, timeout.Token);
            letter.State = LetterState.Sent;
            letter.SentAt = clock.GetUtcNow();
            letter.Failure = null;
        }
        catch (Problem)
        {
            // Identity is away: that is not this letter's fault, and does not count against it.
            letter.NotBefore = clock.GetUtcNow() + IdentityAway;
        }
        catch (SmtpFailedRecipientException e)
        {
            Fail(letter, "address.refused", IsFinal(e));
        }
        catch (SmtpException e)
        {
            Fail(letter, IsFinal(e) ? "mail.refused" : "mail.unreachable", IsFinal(e));
        }
        catch (FormatException)
        {
            Fail(letter, "address.invalid", isFinal: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Fail(letter, "mail.unreachable", isFinal: false);
        }
    }

    private void Fail(Letter letter, string failure, bool isFinal)
    {
        var waits = options.Value.Waits is { Length: > 0 } configured ? configured : MailOptions.UsualWaits;
        letter.Failure = failure;
        letter.Attempts++;
        if (isFinal || letter.Attempts > waits.Length)
            letter.State = LetterState.Failed;
        else
            letter.NotBefore = clock.GetUtcNow() + waits[letter.Attempts - 1];
        LogNotSent(letter.NotificationId, letter.Attempts, failure, letter.State);
    }

    /// <summary>A server that says 5xx says it for good; waiting and asking again would change nothing.</summary>
    private static bool IsFinal(SmtpException e) => (int)e.StatusCode >= 500;

    [LoggerMessage(LogLevel.Warning, "The letter of {Notification} was not sent at attempt {Attempt}: {Failure}; it is {State}")]
    private partial void LogNotSent(Guid notification, int attempt, string failure, LetterState state);

    [LoggerMessage(LogLevel.Warning, "Letters could not be sent; trying again")]
    private partial void LogRoundFailed(Exception e);
}
