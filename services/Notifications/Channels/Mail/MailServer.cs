using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace PedAtt.Notifications.Channels.Mail;

/// <summary>
/// Sends one letter through <c>ConnectionStrings:smtp</c> (<c>smtp://[user:password@]host:port</c>; <c>smtps://</c>
/// asks for STARTTLS). The sender is <c>Mail:From</c>.
/// </summary>
public sealed class MailServer(IConfiguration configuration)
{
    private readonly Uri server = new(configuration.GetConnectionString("smtp")
        ?? throw new InvalidOperationException("ConnectionStrings:smtp is not set."));

    private readonly Uri site = new(Authentication.PublicUrl(configuration));

    /// <exception cref="SmtpException">The server could not be reached or did not take it.</exception>
    /// <exception cref="FormatException">The address is none.</exception>
    public async Task SendAsync(Notification notification, string language, string address, CancellationToken ct)
    {
        var kazakh = language == "kk";
        var (title, text) = kazakh
            ? (notification.TitleKk, notification.TextKk)
            : (notification.TitleRu, notification.TextRu);
        var open = kazakh ? "PedAtt жүйесін ашу" : "Открыть PedAtt";
        var why = kazakh
            ? "Бұл хатты PedAtt педагогтерді аттестаттау жүйесі жіберді. Оған жауап берудің қажеті жоқ."
            : "Это письмо отправила система аттестации педагогов PedAtt. Отвечать на него не нужно.";

        using var letter = new MailMessage(configuration["Mail:From"] ?? $"PedAtt <no-reply@{site.Host}>", address)
        {
            Subject = title,
            SubjectEncoding = Encoding.UTF8,
            Body = $"{text}\n\n{open}: {site}\n\n-- \n{why}\n",
            BodyEncoding = Encoding.UTF8,
        };
        // Always the same for one notification: a mail program shows a letter that was sent twice once.
        letter.Headers.Add("Message-ID", $"<{notification.Id}@{site.Host}>");
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        letter.Headers.Add("Content-Language", language);
        letter.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(
            $"""
            <!doctype html>
            <html lang="{language}"><body style="margin:0;padding:24px;background:#f7f8fa;font:16px/1.5 'Noto Sans',Arial,sans-serif;color:#1d2733">
            <div style="max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #dfe4ea;border-radius:8px">
            <h1 style="margin:0 0 12px;font-size:20px">{WebUtility.HtmlEncode(title)}</h1>
            <p style="margin:0 0 20px">{WebUtility.HtmlEncode(text)}</p>
            <p style="margin:0 0 20px"><a href="{WebUtility.HtmlEncode(site.ToString())}" style="color:#00676f">{open}</a></p>
            <p style="margin:0;font-size:13px;color:#5b6775">{why}</p>
            </div></body></html>
            """, Encoding.UTF8, MediaTypeNames.Text.Html));

        // Of its own for each letter: the next one must not inherit a connection that has gone wrong.
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Scheme == "smtps" };
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
            client.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        await client.SendMailAsync(letter, ct);
    }
}
