using PedAtt.Documents.Trust;

namespace PedAtt.Documents.Signing;

public enum SignatureMethod
{
    Cms,
    Scan,
}

/// <summary>A signature over a document's bytes, or the scan of its page signed by hand.</summary>
public sealed class Signature
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DocumentId { get; init; }

    public required SignatureMethod Method { get; init; }

    public required Guid SignerId { get; init; }

    public required string SignerName { get; init; }

    public required string SignerRole { get; init; }

    public required string OrganisationKk { get; init; }

    public required string OrganisationRu { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The CMS as it was verified, without the document that it may have carried.</summary>
    public byte[]? Cms { get; set; }

    public Guid? ScanId { get; init; }

    public string? ScanName { get; init; }

    public string? ScanType { get; init; }

    public long? ScanSize { get; init; }

    /// <summary>Null for what was attached before hashes were kept.</summary>
    public string? ScanSha256 { get; init; }

    public ScanState? ScanState { get; set; }

    /// <summary>A PDF that runs scripts or carries other files.</summary>
    public bool ScanActive { get; init; }

    /// <summary>How often the scanner was asked about it in vain.</summary>
    public int ScanAttempts { get; set; }

    /// <summary>Not before then is it asked about again.</summary>
    public DateTimeOffset? ScanAfter { get; set; }

    /// <summary>A CMS's, by its last examination.</summary>
    public SignatureVerdict? Verdict { get; set; }

    /// <summary>Why the verdict is not valid: a code of the public contract.</summary>
    public string? Reason { get; set; }

    /// <summary>When somebody is to be asked about revocation (again).</summary>
    public DateTimeOffset? AskAgainAt { get; set; }

    /// <summary>A newer scan or a CMS took its place.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>A scan that was found infected is none; neither is a CMS of a certificate that had been revoked
    /// before.</summary>
    public bool Counts =>
        ReplacedAt is null
        && ScanState is not (ServiceDefaults.Files.ScanState.Infected or ServiceDefaults.Files.ScanState.Unscannable)
        && Verdict != SignatureVerdict.Invalid;
}
