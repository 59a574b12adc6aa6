namespace PedAtt.Notifications.Domain;

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
    /// From the application's organisation up to the republic: whose administrators look after its failed letters.
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

/// <summary>The letter that goes out with a notification, and how far it has come.</summary>
public sealed class Letter
{
    public required Guid NotificationId { get; init; }

    public required LetterState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>Why the last attempt failed, as a word of ours: a server's own text may hold the address.</summary>
    public string? Failure { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}

public enum LetterState
{
    Waiting,
    Sent,
    Failed,
}

/// <summary>What a person has chosen; who has chosen nothing has no row.</summary>
public sealed class Preferences
{
    public required Guid PersonId { get; init; }

    public required bool Email { get; set; }

    /// <summary><c>kk</c>, <c>ru</c>, or null: the account's.</summary>
    public required string? Language { get; set; }

    /// <summary>Notifications are written in the two languages of the state: whose account speaks another is told in Russian.</summary>
    public static string LanguageOf(Preferences? chosen, string? account) => chosen?.Language ?? (account == "kk" ? "kk" : "ru");
}
