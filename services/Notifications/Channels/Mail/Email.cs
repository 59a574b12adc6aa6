namespace PedAtt.Notifications.Channels.Mail;

/// <summary>The e-mail that goes out with a notification, and how far it has come.</summary>
public sealed class Email
{
    public required Guid NotificationId { get; init; }

    public required EmailState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>Why the last attempt failed, as a word of ours: a server's own text may hold the address.</summary>
    public string? Failure { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}

public enum EmailState
{
    Waiting,
    Sent,
    Failed,
}
