using System.Text.Json;

namespace PedAtt.Portfolio.Domain;

/// <summary>The portfolio of one application. It exists as soon as its application does; the row is made by the first change.</summary>
public sealed class Portfolio
{
    public required Guid ApplicationId { get; init; }

    /// <summary>Raised by each change of anything in it.</summary>
    public int Version { get; set; }
}

/// <summary>One record of a block. The ID card and the photo are entries without fields, of blocks of their own.</summary>
public sealed class Entry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    public int Version { get; set; } = 1;

    public required IReadOnlyDictionary<string, JsonElement> Fields { get; set; }

    /// <summary>In the order in which they were attached.</summary>
    public required Guid[] FileIds { get; set; }
}

/// <summary>A file in the object storage. The row is there before the object, so that the sweeper knows of every object.</summary>
public sealed class PortfolioFile
{
    public required Guid Id { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public ScanState Scan { get; set; }

    /// <summary>When it was last without an entry that holds it; null while one does.</summary>
    public DateTimeOffset? UnreferencedSince { get; set; }
}

/// <summary>When a block's content last changed, in versions of its portfolio.</summary>
public sealed class BlockChange
{
    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    public required int Version { get; set; }
}

public enum Verdict
{
    Accepted,
    Returned,
}

/// <summary>What the secretary said of a block, kept for good: the newest one counts.</summary>
public sealed class Review
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    /// <summary>The number of the submission that was looked at.</summary>
    public required int Submission { get; init; }

    public required Verdict Verdict { get; init; }

    public string? Comment { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid ById { get; init; }

    /// <summary>The portfolio's version that it raised; the block is mended once it changed after that.</summary>
    public required int Version { get; init; }

    /// <summary>For the block <c>application</c>: the edit of the application that was looked at.</summary>
    public required int EditVersion { get; init; }
}

/// <summary>
/// A portfolio as it was when a move sealed it, kept for good under the seal: where the move committed, it is what was submitted.
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
