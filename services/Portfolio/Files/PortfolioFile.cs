namespace PedAtt.Portfolio.Files;

/// <summary>A file in the object storage. The row is there before the object, so that the sweeper knows of every
/// object.</summary>
public sealed class PortfolioFile
{
    public required Guid Id { get; init; }

    public required Guid ApplicationId { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>A PDF that runs scripts or carries other files: who opens it is told.</summary>
    public bool Active { get; init; }

    public ScanState Scan { get; set; }

    /// <summary>It counts as missing, and nobody can open it.</summary>
    public bool IsRefused => Scan is ScanState.Infected or ScanState.Unscannable;

    /// <summary>How often the scanner was asked about it in vain.</summary>
    public int ScanAttempts { get; set; }

    /// <summary>Not before then is it asked about again.</summary>
    public DateTimeOffset? ScanAfter { get; set; }

    /// <summary>When it was last without an entry that holds it; null while one does.</summary>
    public DateTimeOffset? UnreferencedSince { get; set; }
}
