namespace PedAtt.Documents.Trust;

public enum SignatureVerdict
{
    Valid,

    /// <summary>Nothing speaks against it, but nobody could say yet whether its certificate was revoked.</summary>
    Pending,

    /// <summary>Found out later: the certificate had been revoked before it signed.</summary>
    Invalid,
}

/// <summary>One examination of a signature, kept for good: on receipt, and whenever an answer about revocation said
/// something new.</summary>
public sealed class Verification
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid SignatureId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required SignatureVerdict Verdict { get; init; }

    /// <summary>What was asked for and what each check found, as the library of signatures writes it down.</summary>
    public required string Record { get; init; }

    /// <summary>SHA-256 of the certificates, OCSP answers and lists that were judged by.</summary>
    public required List<string> Parts { get; init; }
}

public enum EvidenceKind
{
    Certificate,
    Ocsp,
    Crl,
}

/// <summary>A certificate or an answer about revocation, in DER; many signatures are judged by the same one.</summary>
public sealed class EvidencePart
{
    public required string Sha256 { get; init; }

    public required EvidenceKind Kind { get; init; }

    public required byte[] Content { get; init; }
}
