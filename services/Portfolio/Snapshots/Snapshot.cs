namespace PedAtt.Portfolio.Snapshots;

/// <summary>
/// A portfolio as it was when a move froze it, kept for good under the id of that freeze: where the move committed, it
/// is what was submitted.
/// </summary>
public sealed class Snapshot
{
    public required Guid SnapshotId { get; init; }

    public required Guid ApplicationId { get; init; }

    public required int Submission { get; init; }

    /// <summary>The public shape, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Its files: never swept.</summary>
    public required Guid[] FileIds { get; init; }
}
