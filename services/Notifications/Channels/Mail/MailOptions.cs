namespace PedAtt.Notifications.Channels.Mail;

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>
    /// How long to wait after each failed attempt; after the last one the e-mail has failed. About a day in all.
    /// </summary>
    public TimeSpan[] Waits { get; set; } = [];

    public static readonly TimeSpan[] UsualWaits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
    ];
}
