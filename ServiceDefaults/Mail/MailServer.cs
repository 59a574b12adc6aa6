using System.Net;
using System.Net.Security;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace PedAtt.ServiceDefaults.Mail;

/// <param name="Id">Always the same for one occasion: a mail program shows what was sent twice once.</param>
/// <param name="Html">The same as <paramref name="Text"/> with its looks, or nothing.</param>
public sealed record OutgoingEmail(
    Guid Id,
    string To,
    string Language,
    string Subject,
    string Text,
    string? Html = null
);

/// <param name="Code"><c>address.invalid</c>, <c>address.refused</c>, <c>mail.refused</c> or
/// <c>mail.unreachable</c>.</param>
/// <param name="IsFinal">A server that says 5xx says it for good; waiting and asking again would change
/// nothing.</param>
public sealed record MailFailure(string Code, bool IsFinal);

/// <summary>
/// Sends e-mails through <c>ConnectionStrings:smtp</c>: <c>smtp://host:port</c> speaks TLS where the server offers it,
/// <c>smtp://user:password@host:port</c> only then, <c>smtps://…</c> from the first byte. Section <c>Mail</c>:
/// <c>From</c>, <c>SendTimeout</c>. Whom an e-mail was for stands in no log and in no failure.
/// </summary>
public sealed class MailServer(IConfiguration configuration)
{
    private readonly Uri server = new(
        configuration.GetConnectionString("smtp")
            ?? throw new InvalidOperationException("ConnectionStrings:smtp is not set.")
    );

    /// <summary>Where people reach the system.</summary>
    public Uri Site { get; } = new(Authentication.PublicUrl(configuration));

    /// <summary>How long the server may take, all in all.</summary>
    public TimeSpan SendTimeout { get; } = configuration.GetValue("Mail:SendTimeout", TimeSpan.FromSeconds(20));

    /// <returns>Null when the server took it.</returns>
    public async Task<MailFailure?> SendAsync(OutgoingEmail email, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(email.To, out var to))
            return new("address.invalid", IsFinal: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(SendTimeout);
        try
        {
            using var message = Message(email, to);
            await SendAsync(message, limit.Token);
            return null;
        }
        catch (SmtpCommandException e)
        {
            var isFinal = (int)e.StatusCode >= 500;
            return new(
                e.ErrorCode == SmtpErrorCode.RecipientNotAccepted ? "address.refused"
                    : isFinal ? "mail.refused"
                    : "mail.unreachable",
                isFinal
            );
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // Whatever it was, a server that hangs or one without the TLS that is asked for: it may be mended.
            return new("mail.unreachable", IsFinal: false);
        }
    }

    private MimeMessage Message(OutgoingEmail email, MailboxAddress to)
    {
        var message = new MimeMessage
        {
            Subject = email.Subject,
            Body = new BodyBuilder { TextBody = email.Text, HtmlBody = email.Html }.ToMessageBody(),
            MessageId = $"{email.Id}@{Site.Host}",
        };
        message.From.Add(MailboxAddress.Parse(configuration["Mail:From"] ?? $"PedAtt <no-reply@{Site.Host}>"));
        message.To.Add(to);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, email.Language);
        return message;
    }

    private async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        // Of its own for each e-mail: the next one must not inherit a connection that has gone wrong.
        using var client = new SmtpClient();
        // A network without a way out reaches no list of revoked certificates.
        client.CheckCertificateRevocation = false;
        var account = server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]
            ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : null;
        var security =
            server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect
            : account is not null ? SecureSocketOptions.StartTls
            : SecureSocketOptions.StartTlsWhenAvailable;
        // Where plain text would do, a certificate of the server's own making is better than none.
        client.ServerCertificateValidationCallback = (_, _, _, errors) =>
            errors == SslPolicyErrors.None || security == SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, Math.Max(server.Port, 0), security, ct);
        if (account is not null)
            await client.AuthenticateAsync(account, ct);
        await client.SendAsync(message, ct);
        // Disposing hangs up: the e-mail was taken, and a server that is slow to say goodbye must not make it count as
        // not sent.
    }
}
