namespace PedAtt.Eds.Revocation;

public enum RevocationStatus
{
    /// <summary>Nobody who may say so said anything that holds now.</summary>
    Unavailable,
    Good,
    Revoked,
}

/// <summary>What is known about one certificate.</summary>
/// <param name="Source">"ocsp" or "crl"; none when unavailable.</param>
/// <param name="RevokedAt">Since when, if it is revoked.</param>
/// <param name="Cause">The reason code of RFC 5280, section 5.3.1, if one was given.</param>
/// <param name="AsOf">The moment for which the answer was given.</param>
/// <param name="Explanation">Why unavailable.</param>
public sealed record RevocationAnswer(
    RevocationStatus Status,
    string? Source = null,
    DateTimeOffset? RevokedAt = null,
    int? Cause = null,
    DateTimeOffset? AsOf = null,
    string? Explanation = null
);

/// <summary>
/// Answers that somebody fetched from configured addresses: DER of OCSP responses and of CRLs, in any number and order.
/// What does not concern the certificate in question is passed over.
/// </summary>
/// <param name="OcspNonce">The nonce that was asked with; a response that carries another one is not believed.</param>
public sealed record RevocationEvidence(
    IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses,
    IReadOnlyList<ReadOnlyMemory<byte>> Crls,
    ReadOnlyMemory<byte>? OcspNonce = null
)
{
    public static RevocationEvidence None { get; } = new([], []);
}
