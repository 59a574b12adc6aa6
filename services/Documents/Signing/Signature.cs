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

    /// <summary>The CMS as it was verified, in DER.</summary>
    public byte[]? Cms { get; init; }

    public Guid? ScanId { get; init; }

    public string? ScanName { get; init; }

    public string? ScanType { get; init; }

    public long? ScanSize { get; init; }

    /// <summary>Null for what was attached before hashes were kept.</summary>
    public string? ScanSha256 { get; init; }

    public ScanState? ScanState { get; set; }

    /// <summary>A CMS's, by its last examination.</summary>
    public SignatureVerdict? Verdict { get; set; }

    /// <summary>Why the verdict is not valid: a code of the public contract.</summary>
    public string? Reason { get; set; }

    /// <summary>When somebody is to be asked about revocation (again).</summary>
    public DateTimeOffset? AskAgainAt { get; set; }

    /// <summary>A newer scan or a CMS took its place.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>A scan that was found infected is none; neither is a CMS of a certificate that had been revoked before.</summary>
    public bool Counts => ReplacedAt is null && ScanState != ServiceDefaults.Files.ScanState.Infected && Verdict != SignatureVerdict.Invalid;
}
