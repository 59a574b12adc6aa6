using System.Net;

namespace PedAtt.Notifications.Channels.Mail;

/// <summary>A notification as an e-mail.</summary>
public static class NotificationEmail
{
    public static OutgoingEmail Of(Notification notification, string address, Uri site)
    {
        var language = notification.Language;
        var kazakh = language == "kk";
        var (title, text) = kazakh
            ? (notification.TitleKk, notification.TextKk)
            : (notification.TitleRu, notification.TextRu);
        var open = kazakh ? "PedAtt жүйесін ашу" : "Открыть PedAtt";
        var why = kazakh
            ? "Бұл хатты PedAtt педагогтерді аттестаттау жүйесі жіберді. Оған жауап берудің қажеті жоқ."
            : "Это письмо отправила система аттестации педагогов PedAtt. Отвечать на него не нужно.";

        return new(
            notification.Id,
            address,
            language,
            title,
            $"{text}\n\n{open}: {site}\n\n-- \n{why}\n",
            $"""
            <!doctype html>
            <html lang="{language}"><body style="margin:0;padding:24px;background:#f7f8fa;font:16px/1.5 'Noto Sans',Arial,sans-serif;color:#1d2733">
            <div style="max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #dfe4ea;border-radius:8px">
            <h1 style="margin:0 0 12px;font-size:20px">{WebUtility.HtmlEncode(title)}</h1>
            <p style="margin:0 0 20px">{WebUtility.HtmlEncode(text)}</p>
            <p style="margin:0 0 20px"><a href="{WebUtility.HtmlEncode(
                site.ToString()
            )}" style="color:#00676f">{open}</a></p>
            <p style="margin:0;font-size:13px;color:#5b6775">{why}</p>
            </div></body></html>
            """
        );
    }
}
