namespace PedAtt.Applications.Life;

/// <summary>A move that was made: by whom, in which role, when. Appended, never changed; the database refuses anything
/// else.</summary>
public sealed class HistoryEntry
{
    public required Guid ApplicationId { get; init; }

    /// <summary>The version that the application got by this move.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ApplicationAction Action { get; init; }

    public required ApplicationStatus From { get; init; }

    /// <summary>Null: a draft was deleted.</summary>
    public required ApplicationStatus? To { get; init; }

    public required Guid ById { get; init; }

    public required string ByName { get; init; }

    public required Role ByRole { get; init; }

    /// <summary>The decision's reason or the refusal's texts.</summary>
    public string? Comment { get; init; }
}

/// <summary>Who makes a move.</summary>
public sealed record Actor(Guid Id, string Name);
