namespace PedAtt.Notifications.Inbox;

/// <summary>The shape <c>notification</c> of the public contract.</summary>
public sealed record NotificationView(
    Guid Id,
    string Kind,
    Guid ApplicationId,
    string Title,
    string Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt
)
{
    /// <param name="language">The reader's, or null: the one the person had when they were told.</param>
    public static NotificationView Of(Notification row, string? language)
    {
        var kazakh = (language ?? row.Language) == "kk";
        return new(
            row.Id,
            row.Kind,
            row.ApplicationId,
            kazakh ? row.TitleKk : row.TitleRu,
            kazakh ? row.TextKk : row.TextRu,
            row.CreatedAt,
            row.ReadAt
        );
    }
}
