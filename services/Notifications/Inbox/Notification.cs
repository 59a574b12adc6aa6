namespace PedAtt.Notifications.Inbox;

/// <summary>One row for each event and person, never two: the database keeps it so.</summary>
public sealed class Notification
{
    public required Guid Id { get; init; }

    /// <summary>
    /// Rises in the order in which a person's notifications are committed; the keyset of lists and of the stream.
    /// </summary>
    public long Sequence { get; private init; }

    /// <summary>The message that told of it.</summary>
    public required Guid EventId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Kind { get; init; }

    public required Guid ApplicationId { get; init; }

    /// <summary>
    /// From the application's organisation up to the republic: whose administrators look after its failed e-mails.
    /// </summary>
    public required Guid[] OrganisationPath { get; init; }

    public required string TitleKk { get; init; }

    public required string TitleRu { get; init; }

    public required string TextKk { get; init; }

    public required string TextRu { get; init; }

    /// <summary>The person's language when they were told: <c>kk</c> or <c>ru</c>.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}
