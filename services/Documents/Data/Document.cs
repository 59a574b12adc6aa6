using PedAtt.Internal;

namespace PedAtt.Documents.Data;

public enum DocumentKind
{
    Statement,
    AcceptanceReceipt,
    RefusalReceipt,
}

/// <summary>A document as it was rendered, once; never deleted, at most superseded.</summary>
public sealed class Document
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required DocumentKind Kind { get; init; }

    public required string Number { get; init; }

    /// <summary>A statement's: the edit of the application that it was made of. A receipt's: the one that was submitted.</summary>
    public required int EditVersion { get; init; }

    /// <summary>A receipt's: the number of the submission that it answers; 0 for a statement.</summary>
    public required int Submission { get; init; }

    /// <summary>128 bits that nobody guesses, behind the QR code.</summary>
    public required string Code { get; init; }

    public required byte[] Content { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Guid CreatedById { get; init; }

    /// <summary>A refusal's.</summary>
    public required IReadOnlyList<ReceiptReason> Reasons { get; init; }

    /// <summary>Of a receipt that a newer one for the same submission replaced. What an edit supersedes is derived.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    public List<Signature> Signatures { get; init; } = [];
}

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

/// <summary>A scan in the object storage. The row is there before the object, so that the sweeper knows of every object.</summary>
public sealed class ScanUpload
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }
}
