using PedAtt.Applications.Filing;

namespace PedAtt.Applications.Life;

/// <summary>
/// What was sent for review, as it was sent. Nothing of it ever changes; the secretary's reviews are added once, when
/// their round ends. The database refuses anything else.
/// </summary>
public sealed class Submission
{
    public required Guid ApplicationId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>Under it Portfolio and Documents keep their own snapshot.</summary>
    public required Guid SnapshotId { get; init; }

    /// <summary>The application's version that this submission made.</summary>
    public required int Version { get; init; }

    public required int EditVersion { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>JSON: <see cref="ApplicationFields"/>.</summary>
    public required string Fields { get; init; }

    /// <summary>JSON: the entries with the SHA-256 of their files.</summary>
    public required string Entries { get; init; }

    /// <summary>JSON: the signed statement's id, number, SHA-256, and how it was signed.</summary>
    public required string Statement { get; init; }

    /// <summary>How the secretary's round ended: return or forward; null while it lasts.</summary>
    public ApplicationAction? RoundEndedBy { get; private set; }

    /// <summary>JSON: the verdicts with which the round ended.</summary>
    public string? Reviews { get; private set; }

    public bool IsForwarded => RoundEndedBy == ApplicationAction.Forward;

    internal void EndRound(ApplicationAction by, string reviews)
    {
        if (RoundEndedBy is not null)
            throw new InvalidOperationException("This round has ended.");
        RoundEndedBy = by;
        Reviews = reviews;
    }
}
