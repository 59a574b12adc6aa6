using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PedAtt.Internal;

namespace PedAtt.Notifications.Channels.Mail;

/// <summary>
/// Sends the waiting e-mails. The row of one is locked while it goes out, so replicas share the work, and what a dying
/// one held is taken up by another at once: it may then go out twice (with one Message-ID), never not at all.
/// </summary>
public sealed partial class EmailSender(
    IServiceScopeFactory scopes,
    MailServer mail,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<EmailSender> log
) : Worker(TimeSpan.FromSeconds(1), clock, log)
{
    private const int AtOnce = 2;

    private static readonly TimeSpan IdentityAway = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));

    protected override Task<bool> RoundAsync(CancellationToken ct) => SendNextAsync(ct);

    private async Task<bool> SendNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var email = await db
            .Emails.FromSql(
                $"""
                select * from letters where state = 'waiting' and not_before <= {Clock.GetUtcNow()}
                order by not_before limit 1 for update skip locked
                """
            )
            .SingleOrDefaultAsync(ct);
        if (email is null)
            return false;
        var notification = await db.Notifications.AsNoTracking().SingleAsync(row => row.Id == email.NotificationId, ct);
        await TrySendAsync(scope.ServiceProvider.GetRequiredService<IdentityClient>(), notification, email, ct);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task TrySendAsync(
        IdentityClient identity,
        Notification notification,
        Email email,
        CancellationToken ct
    )
    {
        try
        {
            // The address is asked for now, and kept nowhere: it may have been corrected since, and it is Identity's.
            var person = await identity.PersonAsync(notification.PersonId, ct);
            if (person is null)
            {
                Fail(email, "person.unknown", isFinal: true);
                return;
            }
            if (await mail.SendAsync(NotificationEmail.Of(notification, person.Email, mail.Site), ct) is { } failure)
            {
                Fail(email, failure.Code, failure.IsFinal);
                return;
            }
            email.State = EmailState.Sent;
            email.SentAt = Clock.GetUtcNow();
            email.Failure = null;
        }
        catch (Problem)
        {
            // Identity is away: that is not this e-mail's fault, and does not count against it.
            email.NotBefore = Clock.GetUtcNow() + IdentityAway;
        }
    }

    private void Fail(Email email, string failure, bool isFinal)
    {
        var waits = options.Value.Waits is { Length: > 0 } configured ? configured : MailOptions.UsualWaits;
        email.Failure = failure;
        email.Attempts++;
        if (isFinal || email.Attempts > waits.Length)
            email.State = EmailState.Failed;
        else
            email.NotBefore = Clock.GetUtcNow() + waits[email.Attempts - 1];
        LogNotSent(email.NotificationId, email.Attempts, failure, email.State);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The e-mail of {Notification} was not sent at attempt {Attempt}: {Failure}; it is {State}"
    )]
    private partial void LogNotSent(Guid notification, int attempt, string failure, EmailState state);
}
